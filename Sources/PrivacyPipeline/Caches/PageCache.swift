import ByteScanning
import Hits
import PageNames

// Why it is built this way: naming a page takes longer than finding its path in a table, and most paths of a log are
// met again and again. So each path is named once, as long as the cache has room.

/// The names of pages by their normalised paths, for all sites of a pipeline.
struct PageCache {
  /// The sites that name pages the same way share a namer and what it has named.
  private struct Names {
    var namer: PageNamer
    var paths = SymbolTable()
    /// For each path, the number of its name among the texts.
    var numbers: [UInt32] = []
  }

  private static let limit = 16_384

  private let naming: SiteNaming
  private var names: [Names] = []
  /// For each site, the index of its names.
  private var namesOfSite: [Int] = []
  private var texts = BatchTexts(limit: PageCache.limit)
  private var paths = 0
  private var name: [UInt8] = []

  init(_ naming: SiteNaming, sites: [SiteProfile]) {
    self.naming = naming
    for site in sites { add(site) }
  }

  /// Adds a site that was created in the meantime.
  mutating func add(_ site: SiteProfile) {
    let wanted = naming[site.host]
    let known = names.firstIndex { $0.namer.naming == wanted }
    if known == nil { names.append(Names(namer: PageNamer(wanted))) }
    namesOfSite.append(known ?? names.count - 1)
  }

  /// Empties the cache if it is full.
  mutating func startBatch() {
    guard paths >= Self.limit || texts.isFull else { return }
    for index in names.indices {
      names[index].paths.removeAll(keepingCapacity: true)
      names[index].numbers.removeAll(keepingCapacity: true)
    }
    texts.removeAll()
    paths = 0
  }

  /// Returns the namer of a site.
  func namer(ofSite site: Int) -> PageNamer { names[namesOfSite[site]].namer }

  /// Returns the symbol of the page with a normalised path and a query, in the batch with this number. A text that is no
  /// path, such as `(no path)`, stays.
  mutating func page(
    _ path: Span<UInt8>, query: Span<UInt8>, ofSite site: Int, in batch: inout HitBatch, number: UInt32
  ) -> UInt32 {
    guard path[0] == Byte.slash else { return batch.pages.intern(path, 0..<path.count) }
    let index = namesOfSite[site]
    if !query.isEmpty, names[index].namer.readsQueries {
      // Queries would fill the cache, and few pages have a parameter that is kept.
      name.removeAll(keepingCapacity: true)
      names[index].namer.append(path, query: query, to: &name)
      return batch.pages.intern(name.span, 0..<name.count)
    }
    let known = Int(names[index].paths.intern(path, 0..<path.count))
    if known == names[index].numbers.count {
      name.removeAll(keepingCapacity: true)
      names[index].namer.append(path, query: Span(), to: &name)
      // The copy shares the buffer, so that it can be read while the texts change.
      let name = self.name
      names[index].numbers.append(texts.number(of: name.span))
      paths += 1
    }
    return texts.symbol(of: names[index].numbers[known], in: &batch.pages, batch: number)
  }
}
