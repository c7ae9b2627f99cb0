package parallax.probe.http;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.GZIPOutputStream;
import parallax.probe.fixture.RawServer;

/** What servers that mean no good answer to a GET, and what may come of it. */
final class HostileAnswers {
  static final String UP = "UP";

  private static final String OK = "HTTP/1.1 200 OK\r\n";
  private static final String CHUNKED = OK + "Transfer-Encoding: chunked\r\n\r\n";
  private static final Duration DRIP = Duration.ofMillis(50);

  /**
   * One of them.
   *
   * @param kind which check is sent: plain, text (expects "ok" in the body), json, h2
   * @param allowed names of reasons, or UP
   */
  record Hostile(String name, String kind, Set<String> allowed, RawServer.Script script) {}

  private final List<Hostile> all = new ArrayList<>();

  static List<Hostile> all() {
    HostileAnswers answers = new HostileAnswers();
    answers.statusLines();
    answers.headers();
    answers.lengths();
    answers.chunks();
    answers.bodies();
    answers.codings();
    answers.informational();
    answers.silences();
    answers.http2();
    return answers.all;
  }

  private void add(String name, String kind, String allowed, RawServer.Script script) {
    all.add(new Hostile(name, kind, new TreeSet<>(Arrays.asList(allowed.split("\\|"))), script));
  }

  /** Sends {@code answer} and closes. */
  private void says(String name, String allowed, String answer) {
    add(name, "plain", allowed, peer -> peer.send(answer));
  }

  /** Sends {@code answer} and stays. */
  private void stays(String name, String allowed, String answer) {
    add(
        name,
        "plain",
        allowed,
        peer -> {
          peer.send(answer);
          peer.awaitEnd();
        });
  }

  private void statusLines() {
    String malformed = "HTTP_MALFORMED|HTTP_CLOSED";
    List<String> lines =
        List.of(
            "\r\n",
            "\r\n\r\n\r\n",
            "HTP/1.1 200 OK\r\n\r\n",
            "HTTP/1.1\r\n\r\n",
            "HTTP/1.1 abc OK\r\n\r\n",
            "HTTP/1.1 -200 OK\r\n\r\n",
            "200 OK\r\n\r\n",
            "<html>hello</html>",
            "<html>\r\n<body>\r\n\r\n</html>",
            "SSH-2.0-OpenSSH_9.2\r\n",
            "220 mail.test ESMTP\r\n",
            "\0\0\0\0\0\0\0\0\r\n\r\n",
            "ICY 200 OK\r\n\r\n",
            "* OK IMAP4rev1\r\n",
            "HTTP/1.1 2OO OK\r\n\r\n",
            "HTTP/x.y 200 OK\r\n\r\n",
            "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
            "\u0016\u0003\u0001\0\u0005hello\r\n\r\n",
            "HTTP/1.1 99999999999 OK\r\n\r\n",
            "ÿþHTTP/1.1 200 OK\r\n\r\n",
            "{}",
            "\n\n\n\n");
    for (String line : lines) {
      says("status line " + printable(line), malformed, line);
    }
    says("RTSP", "HTTP_MALFORMED|UP", "RTSP/1.0 200 OK\r\nContent-Length: 0\r\n\r\n");
    says("version 9.9", "HTTP_MALFORMED|UP", "HTTP/9.9 200 OK\r\nContent-Length: 0\r\n\r\n");
    for (String status : List.of("000", "099", "600", "999", "299", "304", "204", "205")) {
      says(
          "status " + status,
          "HTTP_MALFORMED|HTTP_STATUS|UP|HTTP_CLOSED",
          "HTTP/1.1 " + status + " X\r\nContent-Length: 0\r\n\r\n");
    }
    says("phrase of 100 kB", "HTTP_HEADERS_TOO_LARGE", "HTTP/1.1 200 " + "a".repeat(100_000));
    stays("status line without end", "HTTP_TIMEOUT", "HTTP/1.1 200 OK");
    stays("70 kB without a line end", "HTTP_HEADERS_TOO_LARGE", "A".repeat(70_000));
    says(
        "phrase with escapes",
        "UP|HTTP_MALFORMED",
        "HTTP/1.1 200 \u001b[31mred\r\nContent-Length: 0\r\n\r\n");
    says(
        "error with escapes", "HTTP_STATUS|HTTP_MALFORMED", "HTTP/1.1 500 \u001b[2J\u0007\r\n\r\n");
  }

  private void headers() {
    says(
        "header of 1 MB",
        "HTTP_HEADERS_TOO_LARGE|HTTP_RESET",
        OK + "X: " + "a".repeat(1 << 20) + "\r\n\r\n");
    says("20,000 headers", "HTTP_HEADERS_TOO_LARGE|HTTP_RESET", OK + "A: b\r\n".repeat(20_000));
    says("300 headers", "HTTP_HEADERS_TOO_LARGE", OK + "A: b\r\n".repeat(300) + "\r\n");
    says(
        "folded lines without end",
        "HTTP_HEADERS_TOO_LARGE|HTTP_RESET|HTTP_MALFORMED",
        OK + "A: b\r\n" + " c\r\n".repeat(50_000));
    add(
        "endless headers",
        "plain",
        "HTTP_HEADERS_TOO_LARGE",
        peer -> endless(peer, OK, "A: b\r\n"));
    add(
        "endless header value",
        "plain",
        "HTTP_HEADERS_TOO_LARGE",
        peer -> endless(peer, OK + "A: ", "abcdefgh"));
    add("header drip", "plain", "HTTP_TIMEOUT", peer -> drip(peer, OK, "A: b\r\n"));
    add("status line drip", "plain", "HTTP_TIMEOUT|HTTP_MALFORMED", peer -> drip(peer, "", "H"));
    add("line feed drip", "plain", "HTTP_TIMEOUT|HTTP_MALFORMED", peer -> drip(peer, "", "\r\n"));
    String harmless = "UP|HTTP_MALFORMED|HTTP_CLOSED";
    List<String> odd =
        List.of(
            "NoColon",
            ": no name",
            "A B: c",
            "A : b",
            "A\0: b",
            "A: b\0c",
            "A: b\rc",
            "\0: x",
            "A: \u001b[31m",
            "Ä: ö",
            "A: ÿ",
            " leading: space",
            "\tleading: tab",
            "A:\u000bb",
            "A: b\r\n folded",
            "=: =",
            "(c): d",
            "A:",
            ":",
            "A\u007f: b");
    for (String line : odd) {
      says("header " + printable(line), harmless, OK + line + "\r\nContent-Length: 0\r\n\r\n");
    }
    stays(
        "bare line feeds",
        "UP|HTTP_MALFORMED|HTTP_TIMEOUT",
        "HTTP/1.1 200 OK\nContent-Length: 0\n\n");
    stays(
        "bare carriage returns",
        "HTTP_TIMEOUT|HTTP_MALFORMED",
        "HTTP/1.1 200 OK\rContent-Length: 0\r\r");
  }

  private void lengths() {
    for (String length :
        List.of(
            "-1",
            "abc",
            "1e3",
            "0x10",
            "+5",
            "5, 6",
            "99999999999999999999999",
            " ",
            "5 5",
            "9223372036854775808",
            "1.0",
            "٣")) {
      says(
          "content length " + length,
          "HTTP_MALFORMED|HTTP_CLOSED|UP",
          OK + "Content-Length: " + length + "\r\n\r\nhello");
    }
    stays(
        "two lengths",
        "HTTP_MALFORMED",
        OK + "Content-Length: 5\r\nContent-Length: 6\r\n\r\nhello");
    says("too long a length", "HTTP_CLOSED", OK + "Content-Length: 10\r\n\r\nhello");
    stays("too long a length, open", "HTTP_BODY_TIMEOUT", OK + "Content-Length: 10\r\n\r\nhello");
    stays("too short a length", "UP", OK + "Content-Length: 2\r\n\r\nhello");
    says("length of 8 EB", "HTTP_CLOSED", OK + "Content-Length: 9223372036854775807\r\n\r\nhello");
    stays(
        "length and chunks",
        "UP|HTTP_MALFORMED",
        OK + "Content-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n");
    for (String coding :
        List.of(
            "gzip, chunked",
            "chunked, chunked",
            "chunkedx",
            "xchunked",
            "identity",
            "\u000bchunked",
            "chunked\0",
            "CHUNKED")) {
      says(
          "transfer coding " + printable(coding),
          "UP|HTTP_MALFORMED|HTTP_CLOSED",
          OK + "Transfer-Encoding: " + coding + "\r\n\r\n0\r\n\r\n");
    }
  }

  private void chunks() {
    for (String size :
        List.of(
            "zz",
            "-5",
            "FFFFFFFFFFFFFFFFF",
            "0x5",
            "",
            " ",
            "5 5",
            "7fffffff7fffffff",
            "g",
            "99999999999999999999",
            "\0",
            "５")) {
      says(
          "chunk size " + printable(size),
          "HTTP_MALFORMED|HTTP_CLOSED|UP",
          CHUNKED + size + "\r\nhello\r\n0\r\n\r\n");
    }
    says("chunk without line end", "HTTP_MALFORMED|HTTP_CLOSED", CHUNKED + "5\r\nhelloX0\r\n\r\n");
    says("chunk cut", "HTTP_CLOSED", CHUNKED + "5\r\nhel");
    says("last chunk missing", "HTTP_CLOSED", CHUNKED + "5\r\nhello\r\n");
    stays("last chunk never comes", "HTTP_BODY_TIMEOUT", CHUNKED + "5\r\nhello\r\n");
    stays("last line end never comes", "HTTP_BODY_TIMEOUT", CHUNKED + "5\r\nhello\r\n0\r\n");
    says("chunk of 2 GB promised", "HTTP_CLOSED", CHUNKED + "7fffffff\r\nhello");
    says(
        "extension of 1 MB",
        "HTTP_MALFORMED|HTTP_HEADERS_TOO_LARGE|HTTP_RESET",
        CHUNKED + "5;" + "x".repeat(1 << 20));
    says(
        "10,000 trailers",
        "HTTP_HEADERS_TOO_LARGE|HTTP_MALFORMED|HTTP_RESET|HTTP_CLOSED",
        CHUNKED + "0\r\n" + "A: b\r\n".repeat(20_000));
    add(
        "endless trailers",
        "plain",
        "HTTP_HEADERS_TOO_LARGE|HTTP_MALFORMED",
        peer -> endless(peer, CHUNKED + "0\r\n", "A: b\r\n"));
    add(
        "endless tiny chunks",
        "plain",
        UP + "|HTTP_BODY_TIMEOUT",
        peer -> endless(peer, CHUNKED, "1\r\nx\r\n"));
    add("chunk drip", "plain", "HTTP_BODY_TIMEOUT", peer -> drip(peer, CHUNKED, "1\r\nx\r\n"));
    add(
        "chunk size drip",
        "plain",
        "HTTP_BODY_TIMEOUT|HTTP_MALFORMED",
        peer -> drip(peer, CHUNKED, "0"));
  }

  private void bodies() {
    for (String kind : List.of("plain", "text", "json")) {
      String cannotTell = kind.equals("plain") ? UP : "BODY_TOO_LARGE|BODY_NOT_JSON";
      String missing =
          switch (kind) {
            case "text" -> "BODY_MISSING_TEXT";
            case "json" -> "BODY_NOT_JSON";
            default -> UP;
          };
      add("endless body " + kind, kind, cannotTell, peer -> endless(peer, OK + "\r\n", "abcdefg "));
      add(
          "endless spaces " + kind,
          kind,
          cannotTell,
          peer -> endless(peer, CHUNKED, "4\r\n    \r\n"));
      add(
          "100 MB promised " + kind,
          kind,
          cannotTell,
          peer -> endless(peer, OK + "Content-Length: 104857600\r\n\r\n", "abcdefg "));
      add(
          "body drip " + kind,
          kind,
          "HTTP_BODY_TIMEOUT",
          peer -> drip(peer, OK + "Content-Length: 1000\r\n\r\n", "a"));
      add("endless drip " + kind, kind, "HTTP_BODY_TIMEOUT", peer -> drip(peer, OK + "\r\n", "a"));
      add(
          "NULs " + kind,
          kind,
          missing,
          peer -> peer.send(OK + "Content-Length: 6\r\n\r\n\0\0\0\0\0\0"));
      add(
          "broken UTF-8 " + kind,
          kind,
          missing,
          peer -> peer.send(OK + "Content-Length: 4\r\n\r\nÿÀ\u0080ø"));
      add(
          "odd charset " + kind,
          kind,
          missing,
          peer ->
              peer.send(
                  OK
                      + "Content-Type: text/html; charset=\"no such\"\r\n"
                      + "Content-Length: 1\r\n\r\n"
                      + "x"));
      add(
          "reset in the body " + kind,
          kind,
          "HTTP_RESET|HTTP_CLOSED",
          peer -> {
            peer.send(OK + "Content-Length: 1000\r\n\r\nabc");
            peer.pause(DRIP);
            peer.reset();
          });
    }
    add(
        "JSON too deep",
        "json",
        "BODY_NOT_JSON",
        peer -> peer.send(OK + "\r\n" + "[".repeat(100_000)));
    add(
        "JSON objects too deep",
        "json",
        "BODY_NOT_JSON",
        peer -> peer.send(OK + "\r\n" + "{\"a\":".repeat(20_000)));
    add(
        "JSON number of 100,000 digits",
        "json",
        "BODY_NOT_JSON|BODY_JSON_MISMATCH",
        peer -> peer.send(OK + "\r\n{\"ok\":" + "9".repeat(100_000) + "}"));
    add(
        "JSON number with a huge exponent",
        "json",
        "BODY_JSON_MISMATCH|BODY_NOT_JSON",
        peer -> peer.send(OK + "\r\n{\"ok\": 1e999999999}"));
    add(
        "JSON with more after the end",
        "json",
        "BODY_NOT_JSON",
        peer -> peer.send(OK + "\r\n{\"ok\":true} {\"ok\":true}"));
    add(
        "JSON where a name stands twice",
        "json",
        "BODY_JSON_MISMATCH",
        peer -> peer.send(OK + "\r\n{\"ok\":false,\"ok\":true}"));
    add("JSON cut", "json", "BODY_NOT_JSON", peer -> peer.send(OK + "\r\n{\"ok\":tr"));
    add("JSON empty", "json", "BODY_NOT_JSON", peer -> peer.send(OK + "\r\n"));
  }

  private void codings() {
    byte[] zeros = new byte[8 << 20];
    String bomb = "BODY_DECOMPRESSION_BOMB";
    coded("gzip bomb", "gzip", bomb, gzip(zeros));
    coded("deflate bomb", "deflate", bomb, deflate(zeros, false));
    coded("bare deflate bomb", "deflate", bomb, deflate(zeros, true));
    coded("x-gzip bomb", "x-gzip", bomb, gzip(zeros));
    coded(
        "gzip in gzip bomb",
        "gzip",
        bomb + "|" + UP + "|BODY_MISSING_TEXT|BODY_NOT_JSON",
        gzip(gzip(zeros)));
    coded("bomb of many members", "gzip", bomb, repeat(gzip(new byte[64 << 10]), 40));
    coded("nested codings", "gzip, gzip", "BODY_UNDECODABLE", gzip(gzip(bytes("ok"))));
    coded("ten codings", "gzip,".repeat(10), "BODY_UNDECODABLE", gzip(bytes("ok")));
    coded("gzip cut", "gzip", "BODY_UNDECODABLE", Arrays.copyOf(gzip(bytes("hello ok")), 12));
    coded("gzip header only", "gzip", "BODY_UNDECODABLE", Arrays.copyOf(gzip(bytes("x")), 10));
    coded("not gzip", "gzip", "BODY_UNDECODABLE", bytes("hello, this is plain text"));
    coded("not deflate", "deflate", "BODY_UNDECODABLE", bytes("hello, this is plain text"));
    coded(
        "gzip with a name without end",
        "gzip",
        "BODY_UNDECODABLE",
        join(new byte[] {31, -117, 8, 8, 0, 0, 0, 0, 0, 0}, "n".repeat(2000)));
    byte[] wrong = gzip(bytes("hello ok"));
    wrong[wrong.length - 6]++;
    coded("gzip with a wrong checksum", "gzip", "BODY_UNDECODABLE", wrong);
    coded(
        "gzip with garbage behind",
        "gzip",
        "BODY_UNDECODABLE|" + UP + "|BODY_NOT_JSON",
        join(gzip(bytes("ok")), "garbage and more garbage"));
    String unasked = UP + "|BODY_UNDECODABLE";
    coded("brotli", "br", unasked, bytes("ok"));
    coded("zstd", "zstd", unasked, bytes("ok"));
    coded("no coding at all", ",,,", UP + "|BODY_NOT_JSON", bytes("ok"));
    add(
        "endless gzip",
        "plain",
        UP + "|" + bomb + "|BODY_UNDECODABLE",
        peer -> {
          peer.send(OK + "Content-Encoding: gzip\r\n\r\n");
          byte[] member = gzip(random(4096));
          while (true) {
            peer.send(member);
          }
        });
  }

  private void coded(String name, String coding, String allowed, byte[] body) {
    for (String kind : List.of("plain", "text", "json")) {
      add(
          name + " " + kind,
          kind,
          allowed,
          peer -> {
            peer.send(
                OK
                    + "Content-Encoding: "
                    + coding
                    + "\r\nContent-Length: "
                    + body.length
                    + "\r\n\r\n");
            peer.send(body);
            peer.awaitEnd();
          });
    }
  }

  private void informational() {
    String ok = OK + "Content-Length: 2\r\n\r\nok";
    stays("5 of 100", UP, "HTTP/1.1 100 Continue\r\n\r\n".repeat(5) + ok);
    stays("early hints", UP, "HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n" + ok);
    stays("20 of 100", "HTTP_MALFORMED", "HTTP/1.1 100 Continue\r\n\r\n".repeat(20) + ok);
    add(
        "endless 100",
        "plain",
        "HTTP_MALFORMED",
        peer -> endless(peer, "", "HTTP/1.1 100 C\r\n\r\n"));
    add(
        "drip of 102",
        "plain",
        "HTTP_MALFORMED|HTTP_TIMEOUT",
        peer -> drip(peer, "", "HTTP/1.1 102 Processing\r\n\r\n"));
    stays("100 and nothing", "HTTP_TIMEOUT", "HTTP/1.1 100 Continue\r\n\r\n");
    says("100 and closed", "HTTP_CLOSED", "HTTP/1.1 100 Continue\r\n\r\n");
    stays(
        "unasked upgrade",
        "HTTP_STATUS",
        "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n");
    stays("two answers", UP, ok + ok);
    stays(
        "103 with 300 headers",
        UP + "|HTTP_HEADERS_TOO_LARGE",
        "HTTP/1.1 103 E\r\n" + "A: b\r\n".repeat(300) + "\r\n" + ok);
  }

  private void silences() {
    add("silence", "plain", "HTTP_TIMEOUT", RawServer.Peer::awaitEnd);
    add("closed at once", "plain", "HTTP_CLOSED|HTTP_RESET", peer -> {});
    add("reset at once", "plain", "HTTP_RESET|HTTP_CLOSED", RawServer.Peer::reset);
    add(
        "half closed",
        "plain",
        "HTTP_CLOSED",
        peer -> {
          peer.halfClose();
          peer.awaitEnd();
        });
    add(
        "half closed in the header",
        "plain",
        "HTTP_CLOSED",
        peer -> {
          peer.send(OK + "A: b");
          peer.halfClose();
          peer.awaitEnd();
        });
    add(
        "reset in the header",
        "plain",
        "HTTP_RESET|HTTP_CLOSED",
        peer -> {
          peer.send(OK + "A: b");
          peer.pause(DRIP);
          peer.reset();
        });
  }

  private void http2() {
    String broken = "HTTP_MALFORMED|HTTP_CLOSED|HTTP_RESET";
    byte[] settings = frame(4, 0, 0, new byte[0]);
    add("h2: HTTP/1.1 answer", "h2", broken, peer -> peer.send(OK + "\r\n"));
    add("h2: garbage", "h2", broken, peer -> peer.send(random(4096)));
    add("h2: silence", "h2", "HTTP_TIMEOUT", RawServer.Peer::awaitEnd);
    add("h2: settings only", "h2", "HTTP_TIMEOUT", peer -> sendAndStay(peer, settings));
    add(
        "h2: frame of 16 MB",
        "h2",
        broken,
        peer -> sendAndStay(peer, join(settings, frame(0, 0, 1, random(1 << 20)))));
    add(
        "h2: go away",
        "h2",
        broken + "|HTTP_TIMEOUT",
        peer -> sendAndStay(peer, join(settings, frame(7, 0, 0, new byte[8]))));
    add(
        "h2: stream reset",
        "h2",
        "HTTP_RESET|HTTP_CLOSED",
        peer -> sendAndStay(peer, join(settings, frame(3, 0, 3, new byte[] {0, 0, 0, 2}))));
    add(
        "h2: data before the header",
        "h2",
        broken + "|HTTP_TIMEOUT",
        peer -> sendAndStay(peer, join(settings, frame(0, 1, 3, bytes("hello")))));
    add(
        "h2: broken header block",
        "h2",
        broken,
        peer -> sendAndStay(peer, join(settings, frame(1, 5, 3, random(200)))));
    add(
        "h2: header without status",
        "h2",
        broken,
        peer -> sendAndStay(peer, join(settings, frame(1, 5, 3, new byte[] {0, 1, 'a', 1, 'b'}))));
    add(
        "h2: header of another stream",
        "h2",
        broken + "|HTTP_TIMEOUT",
        peer -> sendAndStay(peer, join(settings, frame(1, 5, 99, new byte[] {(byte) 0x88}))));
    add(
        "h2: push",
        "h2",
        broken + "|HTTP_TIMEOUT",
        peer ->
            sendAndStay(
                peer, join(settings, frame(5, 4, 3, new byte[] {0, 0, 0, 2, (byte) 0x88}))));
    add(
        "h2: window overflow",
        "h2",
        broken + "|HTTP_TIMEOUT",
        peer -> sendAndStay(peer, join(settings, frame(8, 0, 0, new byte[] {0x7f, -1, -1, -1}))));
    add(
        "h2: header only, no body",
        "h2",
        "HTTP_BODY_TIMEOUT",
        peer -> sendAndStay(peer, join(settings, frame(1, 4, 3, new byte[] {(byte) 0x88}))));
    add(
        "h2: fine",
        "h2",
        UP,
        peer -> sendAndStay(peer, join(settings, frame(1, 5, 3, new byte[] {(byte) 0x88}))));
    add(
        "h2: endless pings",
        "h2",
        broken + "|HTTP_TIMEOUT",
        peer -> endless(peer, settings, frame(6, 0, 0, new byte[8])));
    add(
        "h2: endless settings",
        "h2",
        broken + "|HTTP_TIMEOUT",
        peer -> endless(peer, settings, settings));
    add(
        "h2: endless continuations",
        "h2",
        broken + "|HTTP_HEADERS_TOO_LARGE",
        peer ->
            endless(
                peer,
                join(settings, frame(1, 0, 3, new byte[] {(byte) 0x88})),
                frame(9, 0, 3, new byte[] {0, 1, 'a', 1, 'b'})));
    add(
        "h2: empty continuations",
        "h2",
        broken + "|HTTP_HEADERS_TOO_LARGE",
        peer ->
            endless(
                peer,
                join(settings, frame(1, 0, 3, new byte[] {(byte) 0x88})),
                frame(9, 0, 3, new byte[0])));
    add(
        "h2: endless empty data",
        "h2",
        broken + "|HTTP_BODY_TIMEOUT",
        peer ->
            endless(
                peer,
                join(settings, frame(1, 4, 3, new byte[] {(byte) 0x88})),
                frame(0, 0, 3, new byte[0])));
    add(
        "h2: more data than the window",
        "h2",
        broken + "|" + UP,
        peer ->
            endless(
                peer,
                join(settings, frame(1, 4, 3, new byte[] {(byte) 0x88})),
                frame(0, 0, 3, new byte[16_000])));
  }

  private static void sendAndStay(RawServer.Peer peer, byte[] bytes) throws IOException {
    peer.send(bytes);
    peer.awaitEnd();
  }

  private static void endless(RawServer.Peer peer, String first, String then) throws IOException {
    endless(peer, bytes(first), repeat(bytes(then), 1000));
  }

  private static void endless(RawServer.Peer peer, byte[] first, byte[] then) throws IOException {
    peer.send(first);
    byte[] block = then.length < 1000 ? repeat(then, 100) : then;
    while (true) {
      peer.send(block);
    }
  }

  private static void drip(RawServer.Peer peer, String first, String then)
      throws IOException, InterruptedException {
    peer.send(first);
    while (true) {
      peer.send(then);
      peer.pause(DRIP);
    }
  }

  private static byte[] frame(int type, int flags, int stream, byte[] payload) {
    byte[] head = {
      (byte) (payload.length >> 16),
      (byte) (payload.length >> 8),
      (byte) payload.length,
      (byte) type,
      (byte) flags,
      0,
      0,
      (byte) (stream >> 8),
      (byte) stream
    };
    return join(head, payload);
  }

  private static byte[] gzip(byte[] plain) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (OutputStream gzip = new GZIPOutputStream(out)) {
      gzip.write(plain);
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
    return out.toByteArray();
  }

  private static byte[] deflate(byte[] plain, boolean bare) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    Deflater deflater = new Deflater(9, bare);
    try (OutputStream deflate = new DeflaterOutputStream(out, deflater)) {
      deflate.write(plain);
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    } finally {
      deflater.end();
    }
    return out.toByteArray();
  }

  private static byte[] random(int size) {
    byte[] bytes = new byte[size];
    new java.util.Random(42).nextBytes(bytes);
    return bytes;
  }

  private static byte[] repeat(byte[] bytes, int times) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (int time = 0; time < times; time++) {
      out.writeBytes(bytes);
    }
    return out.toByteArray();
  }

  private static byte[] join(byte[] first, String then) {
    return join(first, bytes(then));
  }

  private static byte[] join(byte[] first, byte[] then) {
    byte[] joined = Arrays.copyOf(first, first.length + then.length);
    System.arraycopy(then, 0, joined, first.length, then.length);
    return joined;
  }

  private static byte[] bytes(String latin1) {
    return latin1.getBytes(StandardCharsets.ISO_8859_1);
  }

  private static String printable(String text) {
    String start = text.length() > 24 ? text.substring(0, 24) : text;
    return "'" + start.replaceAll("[^ -~]", ".") + "'";
  }
}
