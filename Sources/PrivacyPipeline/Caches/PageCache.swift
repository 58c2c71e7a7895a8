import ByteScanning
import Collecting
import Hits
import PageNames

// Why it is built this way: normalising a path and naming its page take longer than hashing its bytes, and most paths of a
// log are met again and again. So each path is examined once, as long as the cache has room.

/// What is known of a path, whatever the query.
struct KnownPath {
  /// The number of the page's name among the cached texts; of no use if the query has a part in the name.
  fileprivate var name: UInt32 = 0
  /// Whether it ends like a page (``HitTraits/endsLikePage``).
  var endsLikePage: Bool
  /// What a robot fetches there.
  var thing: ThingOfPath
}

/// The pages of paths as they were sent, for all sites of a pipeline.
struct PageCache {
  /// The sites that name pages the same way share a namer and what it has named.
  private struct Names {
    var namer: PageNamer
    /// The paths met, by a keyed hash of their bytes.
    var hashes = HashTable()
    var paths: [KnownPath] = []
  }

  private static let limit = 16_384

  private let naming: SiteNaming
  private let secret = SecretHash()
  private var names: [Names] = []
  /// For each site, the index of its names.
  private var namesOfSite: [Int] = []
  private var texts = BatchTexts(limit: PageCache.limit)
  private var things = FetchedThingReader()
  private var count = 0
  /// The normalised path, and the name of the page; their buffers are reused.
  private var path: [UInt8] = []
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
    guard count >= Self.limit || texts.isFull else { return }
    for index in names.indices {
      names[index].hashes.removeAll()
      names[index].paths.removeAll(keepingCapacity: true)
    }
    texts.removeAll()
    count = 0
  }

  /// Returns the namer of a site.
  func namer(ofSite site: Int) -> PageNamer { names[namesOfSite[site]].namer }

  /// Returns the symbol of a page in the batch with this number, and what is known of its path.
  ///
  /// - Parameters:
  ///   - range: the path as it was sent, which begins with a slash.
  ///   - query: the query as it was sent.
  mutating func page(
    _ bytes: Span<UInt8>, _ range: Range<Int>, query: Span<UInt8>, ofSite site: Int, in batch: inout HitBatch,
    number: UInt32
  ) -> (symbol: UInt32, path: KnownPath) {
    let index = namesOfSite[site]
    let place = names[index].hashes.number(of: secret.hash(0, bytes, range))
    if place == names[index].paths.count { examine(bytes, range, index) }
    let known = names[index].paths[place]
    guard !query.isEmpty, names[index].namer.readsQueries else {
      return (texts.symbol(of: known.name, in: &batch.pages, batch: number), known)
    }
    // Queries would fill the cache, and few pages have a parameter that is kept.
    putName(bytes, range, query: query, index)
    return (batch.pages.intern(name.span, 0..<name.count), known)
  }

  /// Adds a path that was not met before.
  private mutating func examine(_ bytes: Span<UInt8>, _ range: Range<Int>, _ index: Int) {
    putName(bytes, range, query: Span(), index)
    // The copies share the buffers, so that they can be read while the cache changes.
    let (path, name) = (self.path, self.name)
    names[index].paths.append(
      KnownPath(
        name: texts.number(of: name.span), endsLikePage: PicturePaths.endsLikePage(path.span),
        thing: things.thing(ofPath: path.span)))
    count += 1
  }

  /// Puts the normalised path into ``path`` and the name of its page into ``name``.
  private mutating func putName(_ bytes: Span<UInt8>, _ range: Range<Int>, query: Span<UInt8>, _ index: Int) {
    path.removeAll(keepingCapacity: true)
    name.removeAll(keepingCapacity: true)
    _ = Pathname.append(bytes, range, to: &path)
    let path = self.path
    names[index].namer.append(path.span, query: query, to: &name)
  }
}
