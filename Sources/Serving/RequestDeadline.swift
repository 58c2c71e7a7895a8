import HTTPTypes
import NIOCore
import NIOHTTPTypes

/// Closes connections whose request does not arrive completely in time, however steadily its bytes trickle in, and
/// connections that are idle for too long. Also adds a body to the bare response to invalid HTTP.
///
/// One for each connection, used only on its event loop.
final class RequestDeadline: ChannelDuplexHandler, RemovableChannelHandler {
  typealias InboundIn = HTTPRequestPart
  typealias InboundOut = HTTPRequestPart
  typealias OutboundIn = HTTPResponsePart
  typealias OutboundOut = HTTPResponsePart

  private var deadline: Scheduled<Void>?
  private var isFirst = true
  private var isReading = false
  private var isAnswered = true

  func handlerAdded(context: ChannelHandlerContext) {
    if context.channel.isActive { start(context, Limits.request) }
  }

  func channelActive(context: ChannelHandlerContext) {
    start(context, Limits.request)
    context.fireChannelActive()
  }

  func channelInactive(context: ChannelHandlerContext) {
    deadline?.cancel()
    context.fireChannelInactive()
  }

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    switch unwrapInboundIn(data) {
    case .head:
      (isFirst, isReading, isAnswered) = (false, true, false)
      start(context, Limits.request)
    case .body: break
    case .end:
      isReading = false
      if isAnswered { start(context, Limits.idle) } else { deadline?.cancel() }
    }
    context.fireChannelRead(data)
  }

  func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
    let part = unwrapOutboundIn(data)
    if case .head(let head) = part, head.status == .badRequest, head.headerFields[.contentLength] == "0" {
      let text = Answer.refusalText("this is no HTTP request with at most \(Limits.headers) bytes of headers") + "\n"
      context.write(wrapOutboundOut(.head(Self.head(.badRequest, text))), promise: nil)
      context.write(wrapOutboundOut(.body(ByteBuffer(string: text))), promise: promise)
      return
    }
    if case .end = part {
      isAnswered = true
      if !isReading { start(context, Limits.idle) }
    }
    context.write(data, promise: promise)
  }

  private func start(_ context: ChannelHandlerContext, _ time: TimeAmount) {
    deadline?.cancel()
    deadline = context.eventLoop.assumeIsolated().scheduleTask(in: time) { self.expire(context) }
  }

  private func expire(_ context: ChannelHandlerContext) {
    if isFirst || !isAnswered {
      let text = Answer.refusalText("the request did not arrive in time") + "\n"
      context.write(wrapOutboundOut(.head(Self.head(.requestTimeout, text))), promise: nil)
      context.write(wrapOutboundOut(.body(ByteBuffer(string: text))), promise: nil)
      context.writeAndFlush(wrapOutboundOut(.end(nil)), promise: nil)
    }
    context.close(promise: nil)
  }

  private static func head(_ status: HTTPResponse.Status, _ text: String) -> HTTPResponse {
    HTTPResponse(
      status: status,
      headerFields: [.contentType: "application/json", .contentLength: "\(text.utf8.count)", .connection: "close"])
  }
}
