package parallax.probe.http;

import static parallax.probe.http.HostileAnswers.UP;
import static parallax.probe.http.HostileBytes.OK;
import static parallax.probe.http.HostileBytes.bytes;
import static parallax.probe.http.HostileBytes.endless;
import static parallax.probe.http.HostileBytes.frame;
import static parallax.probe.http.HostileBytes.join;
import static parallax.probe.http.HostileBytes.random;
import static parallax.probe.http.HostileBytes.sendAndStay;

import parallax.probe.fixture.RawServer;

/** Frames (RFC 9113). */
final class HostileHttp2 {
  private HostileHttp2() {}

  static void addTo(HostileAnswers to) {
    http2(to);
  }

  private static void http2(HostileAnswers to) {
    String broken = "HTTP_MALFORMED|HTTP_CLOSED|HTTP_RESET";
    byte[] settings = frame(4, 0, 0, new byte[0]);
    to.add("h2: HTTP/1.1 answer", "h2", broken, peer -> peer.send(OK + "\r\n"));
    to.add("h2: garbage", "h2", broken, peer -> peer.send(random(4096)));
    to.add("h2: silence", "h2", "HTTP_TIMEOUT", RawServer.Peer::awaitEnd);
    to.add("h2: settings only", "h2", "HTTP_TIMEOUT", peer -> sendAndStay(peer, settings));
    to.add(
        "h2: frame of 16 MB",
        "h2",
        broken,
        peer -> sendAndStay(peer, join(settings, frame(0, 0, 1, random(1 << 20)))));
    to.add(
        "h2: go away",
        "h2",
        broken + "|HTTP_TIMEOUT",
        peer -> sendAndStay(peer, join(settings, frame(7, 0, 0, new byte[8]))));
    to.add(
        "h2: stream reset",
        "h2",
        "HTTP_RESET|HTTP_CLOSED",
        peer -> sendAndStay(peer, join(settings, frame(3, 0, 3, new byte[] {0, 0, 0, 2}))));
    to.add(
        "h2: data before the header",
        "h2",
        broken + "|HTTP_TIMEOUT",
        peer -> sendAndStay(peer, join(settings, frame(0, 1, 3, bytes("hello")))));
    to.add(
        "h2: broken header block",
        "h2",
        broken,
        peer -> sendAndStay(peer, join(settings, frame(1, 5, 3, random(200)))));
    to.add(
        "h2: header without status",
        "h2",
        broken,
        peer -> sendAndStay(peer, join(settings, frame(1, 5, 3, new byte[] {0, 1, 'a', 1, 'b'}))));
    to.add(
        "h2: header of another stream",
        "h2",
        broken + "|HTTP_TIMEOUT",
        peer -> sendAndStay(peer, join(settings, frame(1, 5, 99, new byte[] {(byte) 0x88}))));
    to.add(
        "h2: push",
        "h2",
        broken + "|HTTP_TIMEOUT",
        peer ->
            sendAndStay(
                peer, join(settings, frame(5, 4, 3, new byte[] {0, 0, 0, 2, (byte) 0x88}))));
    to.add(
        "h2: window overflow",
        "h2",
        broken + "|HTTP_TIMEOUT",
        peer -> sendAndStay(peer, join(settings, frame(8, 0, 0, new byte[] {0x7f, -1, -1, -1}))));
    to.add(
        "h2: header only, no body",
        "h2",
        "HTTP_BODY_TIMEOUT",
        peer -> sendAndStay(peer, join(settings, frame(1, 4, 3, new byte[] {(byte) 0x88}))));
    to.add(
        "h2: fine",
        "h2",
        UP,
        peer -> sendAndStay(peer, join(settings, frame(1, 5, 3, new byte[] {(byte) 0x88}))));
    to.add(
        "h2: endless pings",
        "h2",
        broken + "|HTTP_TIMEOUT",
        peer -> endless(peer, settings, frame(6, 0, 0, new byte[8])));
    to.add(
        "h2: endless settings",
        "h2",
        broken + "|HTTP_TIMEOUT",
        peer -> endless(peer, settings, settings));
    to.add(
        "h2: endless continuations",
        "h2",
        broken + "|HTTP_HEADERS_TOO_LARGE",
        peer ->
            endless(
                peer,
                join(settings, frame(1, 0, 3, new byte[] {(byte) 0x88})),
                frame(9, 0, 3, new byte[] {0, 1, 'a', 1, 'b'})));
    to.add(
        "h2: empty continuations",
        "h2",
        broken + "|HTTP_HEADERS_TOO_LARGE",
        peer ->
            endless(
                peer,
                join(settings, frame(1, 0, 3, new byte[] {(byte) 0x88})),
                frame(9, 0, 3, new byte[0])));
    to.add(
        "h2: endless empty data",
        "h2",
        broken + "|HTTP_BODY_TIMEOUT",
        peer ->
            endless(
                peer,
                join(settings, frame(1, 4, 3, new byte[] {(byte) 0x88})),
                frame(0, 0, 3, new byte[0])));
    to.add(
        "h2: more data than the window",
        "h2",
        broken + "|" + UP,
        peer ->
            endless(
                peer,
                join(settings, frame(1, 4, 3, new byte[] {(byte) 0x88})),
                frame(0, 0, 3, new byte[16_000])));
  }
}
