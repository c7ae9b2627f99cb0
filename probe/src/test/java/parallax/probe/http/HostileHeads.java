package parallax.probe.http;

import static parallax.probe.http.HostileAnswers.UP;
import static parallax.probe.http.HostileBytes.DRIP;
import static parallax.probe.http.HostileBytes.OK;
import static parallax.probe.http.HostileBytes.drip;
import static parallax.probe.http.HostileBytes.endless;
import static parallax.probe.http.HostileBytes.printable;

import java.util.List;
import parallax.probe.fixture.RawServer;

/** Status lines, headers, lengths, answers before the answer, and none at all. */
final class HostileHeads {
  private HostileHeads() {}

  static void addTo(HostileAnswers to) {
    statusLines(to);
    headers(to);
    lengths(to);
    informational(to);
    silences(to);
  }

  private static void statusLines(HostileAnswers to) {
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
      to.says("status line " + printable(line), malformed, line);
    }
    to.says("RTSP", "HTTP_MALFORMED|UP", "RTSP/1.0 200 OK\r\nContent-Length: 0\r\n\r\n");
    to.says("version 9.9", "HTTP_MALFORMED|UP", "HTTP/9.9 200 OK\r\nContent-Length: 0\r\n\r\n");
    for (String status : List.of("000", "099", "600", "999", "299", "304", "204", "205")) {
      to.says(
          "status " + status,
          "HTTP_MALFORMED|HTTP_STATUS|UP|HTTP_CLOSED",
          "HTTP/1.1 " + status + " X\r\nContent-Length: 0\r\n\r\n");
    }
    to.says("phrase of 100 kB", "HTTP_HEADERS_TOO_LARGE", "HTTP/1.1 200 " + "a".repeat(100_000));
    to.stays("status line without end", "HTTP_TIMEOUT", "HTTP/1.1 200 OK");
    to.stays("70 kB without a line end", "HTTP_HEADERS_TOO_LARGE", "A".repeat(70_000));
    to.says(
        "phrase with escapes",
        "UP|HTTP_MALFORMED",
        "HTTP/1.1 200 \u001b[31mred\r\nContent-Length: 0\r\n\r\n");
    to.says(
        "error with escapes", "HTTP_STATUS|HTTP_MALFORMED", "HTTP/1.1 500 \u001b[2J\u0007\r\n\r\n");
  }

  private static void headers(HostileAnswers to) {
    to.says(
        "header of 1 MB",
        "HTTP_HEADERS_TOO_LARGE|HTTP_RESET",
        OK + "X: " + "a".repeat(1 << 20) + "\r\n\r\n");
    to.says("20,000 headers", "HTTP_HEADERS_TOO_LARGE|HTTP_RESET", OK + "A: b\r\n".repeat(20_000));
    to.says("300 headers", "HTTP_HEADERS_TOO_LARGE", OK + "A: b\r\n".repeat(300) + "\r\n");
    to.says(
        "folded lines without end",
        "HTTP_HEADERS_TOO_LARGE|HTTP_RESET|HTTP_MALFORMED",
        OK + "A: b\r\n" + " c\r\n".repeat(50_000));
    to.add(
        "endless headers",
        "plain",
        "HTTP_HEADERS_TOO_LARGE",
        peer -> endless(peer, OK, "A: b\r\n"));
    to.add(
        "endless header value",
        "plain",
        "HTTP_HEADERS_TOO_LARGE",
        peer -> endless(peer, OK + "A: ", "abcdefgh"));
    to.add("header drip", "plain", "HTTP_TIMEOUT", peer -> drip(peer, OK, "A: b\r\n"));
    to.add("status line drip", "plain", "HTTP_TIMEOUT|HTTP_MALFORMED", peer -> drip(peer, "", "H"));
    to.add(
        "line feed drip", "plain", "HTTP_TIMEOUT|HTTP_MALFORMED", peer -> drip(peer, "", "\r\n"));
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
      to.says("header " + printable(line), harmless, OK + line + "\r\nContent-Length: 0\r\n\r\n");
    }
    to.stays(
        "bare line feeds",
        "UP|HTTP_MALFORMED|HTTP_TIMEOUT",
        "HTTP/1.1 200 OK\nContent-Length: 0\n\n");
    to.stays(
        "bare carriage returns",
        "HTTP_TIMEOUT|HTTP_MALFORMED",
        "HTTP/1.1 200 OK\rContent-Length: 0\r\r");
  }

  private static void lengths(HostileAnswers to) {
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
      to.says(
          "content length " + length,
          "HTTP_MALFORMED|HTTP_CLOSED|UP",
          OK + "Content-Length: " + length + "\r\n\r\nhello");
    }
    to.stays(
        "two lengths",
        "HTTP_MALFORMED",
        OK + "Content-Length: 5\r\nContent-Length: 6\r\n\r\nhello");
    to.says("too long a length", "HTTP_CLOSED", OK + "Content-Length: 10\r\n\r\nhello");
    to.stays(
        "too long a length, open", "HTTP_BODY_TIMEOUT", OK + "Content-Length: 10\r\n\r\nhello");
    to.stays("too short a length", "UP", OK + "Content-Length: 2\r\n\r\nhello");
    to.says(
        "length of 8 EB", "HTTP_CLOSED", OK + "Content-Length: 9223372036854775807\r\n\r\nhello");
    to.stays(
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
      to.says(
          "transfer coding " + printable(coding),
          "UP|HTTP_MALFORMED|HTTP_CLOSED",
          OK + "Transfer-Encoding: " + coding + "\r\n\r\n0\r\n\r\n");
    }
  }

  private static void informational(HostileAnswers to) {
    String ok = OK + "Content-Length: 2\r\n\r\nok";
    to.stays("5 of 100", UP, "HTTP/1.1 100 Continue\r\n\r\n".repeat(5) + ok);
    to.stays("early hints", UP, "HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n" + ok);
    to.stays("20 of 100", "HTTP_MALFORMED", "HTTP/1.1 100 Continue\r\n\r\n".repeat(20) + ok);
    to.add(
        "endless 100",
        "plain",
        "HTTP_MALFORMED|HTTP_HEADERS_TOO_LARGE",
        peer -> endless(peer, "", "HTTP/1.1 100 C\r\n\r\n"));
    to.add(
        "drip of 102",
        "plain",
        "HTTP_MALFORMED|HTTP_TIMEOUT",
        peer -> drip(peer, "", "HTTP/1.1 102 Processing\r\n\r\n"));
    to.stays("100 and nothing", "HTTP_TIMEOUT", "HTTP/1.1 100 Continue\r\n\r\n");
    to.says("100 and closed", "HTTP_CLOSED", "HTTP/1.1 100 Continue\r\n\r\n");
    to.stays(
        "unasked upgrade",
        "HTTP_STATUS",
        "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n");
    to.stays("two answers", UP, ok + ok);
    to.stays(
        "103 with 300 headers",
        UP + "|HTTP_HEADERS_TOO_LARGE",
        "HTTP/1.1 103 E\r\n" + "A: b\r\n".repeat(300) + "\r\n" + ok);
  }

  private static void silences(HostileAnswers to) {
    to.add("silence", "plain", "HTTP_TIMEOUT", RawServer.Peer::awaitEnd);
    to.add("closed at once", "plain", "HTTP_CLOSED|HTTP_RESET", peer -> {});
    to.add("reset at once", "plain", "HTTP_RESET|HTTP_CLOSED", RawServer.Peer::reset);
    to.add(
        "half closed",
        "plain",
        "HTTP_CLOSED",
        peer -> {
          peer.halfClose();
          peer.awaitEnd();
        });
    to.add(
        "half closed in the header",
        "plain",
        "HTTP_CLOSED",
        peer -> {
          peer.send(OK + "A: b");
          peer.halfClose();
          peer.awaitEnd();
        });
    to.add(
        "reset in the header",
        "plain",
        "HTTP_RESET|HTTP_CLOSED",
        peer -> {
          peer.send(OK + "A: b");
          peer.pause(DRIP);
          peer.reset();
        });
  }
}
