package parallax.probe.http;

import static parallax.probe.http.HostileAnswers.UP;
import static parallax.probe.http.HostileBytes.CHUNKED;
import static parallax.probe.http.HostileBytes.DRIP;
import static parallax.probe.http.HostileBytes.OK;
import static parallax.probe.http.HostileBytes.bytes;
import static parallax.probe.http.HostileBytes.deflate;
import static parallax.probe.http.HostileBytes.drip;
import static parallax.probe.http.HostileBytes.endless;
import static parallax.probe.http.HostileBytes.gzip;
import static parallax.probe.http.HostileBytes.join;
import static parallax.probe.http.HostileBytes.printable;
import static parallax.probe.http.HostileBytes.random;
import static parallax.probe.http.HostileBytes.repeat;

import java.util.Arrays;
import java.util.List;

/** Chunks, bodies and content codings. */
final class HostileBodies {
  private HostileBodies() {}

  static void addTo(HostileAnswers to) {
    chunks(to);
    bodies(to);
    codings(to);
  }

  private static void chunks(HostileAnswers to) {
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
      to.says(
          "chunk size " + printable(size),
          "HTTP_MALFORMED|HTTP_CLOSED|UP",
          CHUNKED + size + "\r\nhello\r\n0\r\n\r\n");
    }
    to.says(
        "chunk without line end", "HTTP_MALFORMED|HTTP_CLOSED", CHUNKED + "5\r\nhelloX0\r\n\r\n");
    to.says("chunk cut", "HTTP_CLOSED", CHUNKED + "5\r\nhel");
    to.says("last chunk missing", "HTTP_CLOSED", CHUNKED + "5\r\nhello\r\n");
    to.stays("last chunk never comes", "HTTP_BODY_TIMEOUT", CHUNKED + "5\r\nhello\r\n");
    to.stays("last line end never comes", "HTTP_BODY_TIMEOUT", CHUNKED + "5\r\nhello\r\n0\r\n");
    to.says("chunk of 2 GB promised", "HTTP_CLOSED", CHUNKED + "7fffffff\r\nhello");
    to.says(
        "extension of 1 MB",
        "HTTP_MALFORMED|HTTP_HEADERS_TOO_LARGE|HTTP_RESET",
        CHUNKED + "5;" + "x".repeat(1 << 20));
    to.says(
        "10,000 trailers",
        "HTTP_HEADERS_TOO_LARGE|HTTP_MALFORMED|HTTP_RESET|HTTP_CLOSED",
        CHUNKED + "0\r\n" + "A: b\r\n".repeat(20_000));
    to.add(
        "endless trailers",
        "plain",
        "HTTP_HEADERS_TOO_LARGE|HTTP_MALFORMED",
        peer -> endless(peer, CHUNKED + "0\r\n", "A: b\r\n"));
    to.add(
        "endless tiny chunks",
        "plain",
        UP + "|HTTP_BODY_TIMEOUT",
        peer -> endless(peer, CHUNKED, "1\r\nx\r\n"));
    to.add("chunk drip", "plain", "HTTP_BODY_TIMEOUT", peer -> drip(peer, CHUNKED, "1\r\nx\r\n"));
    to.add(
        "chunk size drip",
        "plain",
        "HTTP_BODY_TIMEOUT|HTTP_MALFORMED",
        peer -> drip(peer, CHUNKED, "0"));
  }

  private static void bodies(HostileAnswers to) {
    for (String kind : List.of("plain", "text", "json")) {
      String cannotTell = kind.equals("plain") ? UP : "BODY_TOO_LARGE|BODY_NOT_JSON";
      String missing =
          switch (kind) {
            case "text" -> "BODY_MISSING_TEXT";
            case "json" -> "BODY_NOT_JSON";
            default -> UP;
          };
      to.add(
          "endless body " + kind, kind, cannotTell, peer -> endless(peer, OK + "\r\n", "abcdefg "));
      to.add(
          "endless spaces " + kind,
          kind,
          cannotTell + "|HTTP_BODY_TIMEOUT",
          peer -> endless(peer, CHUNKED, "4\r\n    \r\n"));
      to.add(
          "100 MB promised " + kind,
          kind,
          cannotTell,
          peer -> endless(peer, OK + "Content-Length: 104857600\r\n\r\n", "abcdefg "));
      to.add(
          "body drip " + kind,
          kind,
          "HTTP_BODY_TIMEOUT",
          peer -> drip(peer, OK + "Content-Length: 1000\r\n\r\n", "a"));
      to.add(
          "endless drip " + kind, kind, "HTTP_BODY_TIMEOUT", peer -> drip(peer, OK + "\r\n", "a"));
      to.add(
          "NULs " + kind,
          kind,
          missing,
          peer -> peer.send(OK + "Content-Length: 6\r\n\r\n\0\0\0\0\0\0"));
      to.add(
          "broken UTF-8 " + kind,
          kind,
          missing,
          peer -> peer.send(OK + "Content-Length: 4\r\n\r\nÿÀ\u0080ø"));
      to.add(
          "odd charset " + kind,
          kind,
          missing,
          peer ->
              peer.send(
                  OK
                      + "Content-Type: text/html; charset=\"no such\"\r\n"
                      + "Content-Length: 1\r\n\r\n"
                      + "x"));
      to.add(
          "reset in the body " + kind,
          kind,
          "HTTP_RESET|HTTP_CLOSED",
          peer -> {
            peer.send(OK + "Content-Length: 1000\r\n\r\nabc");
            peer.pause(DRIP);
            peer.reset();
          });
    }
    to.add(
        "JSON too deep",
        "json",
        "BODY_NOT_JSON",
        peer -> peer.send(OK + "\r\n" + "[".repeat(100_000)));
    to.add(
        "JSON objects too deep",
        "json",
        "BODY_NOT_JSON",
        peer -> peer.send(OK + "\r\n" + "{\"a\":".repeat(20_000)));
    to.add(
        "JSON number of 100,000 digits",
        "json",
        "BODY_NOT_JSON|BODY_JSON_MISMATCH",
        peer -> peer.send(OK + "\r\n{\"ok\":" + "9".repeat(100_000) + "}"));
    to.add(
        "JSON number with a huge exponent",
        "json",
        "BODY_JSON_MISMATCH|BODY_NOT_JSON",
        peer -> peer.send(OK + "\r\n{\"ok\": 1e999999999}"));
    to.add(
        "JSON with more after the end",
        "json",
        "BODY_NOT_JSON",
        peer -> peer.send(OK + "\r\n{\"ok\":true} {\"ok\":true}"));
    to.add(
        "JSON where a name stands twice",
        "json",
        "BODY_JSON_MISMATCH",
        peer -> peer.send(OK + "\r\n{\"ok\":false,\"ok\":true}"));
    to.add("JSON cut", "json", "BODY_NOT_JSON", peer -> peer.send(OK + "\r\n{\"ok\":tr"));
    to.add("JSON empty", "json", "BODY_NOT_JSON", peer -> peer.send(OK + "\r\n"));
  }

  private static void codings(HostileAnswers to) {
    byte[] zeros = new byte[8 << 20];
    String bomb = "BODY_DECOMPRESSION_BOMB";
    to.coded("gzip bomb", "gzip", bomb, gzip(zeros));
    to.coded("bomb that is long itself", "gzip", bomb, gzip(new byte[128 << 20]));
    to.coded("deflate bomb", "deflate", bomb, deflate(zeros, false));
    to.coded("bare deflate bomb", "deflate", bomb, deflate(zeros, true));
    to.coded("x-gzip bomb", "x-gzip", bomb, gzip(zeros));
    to.coded(
        "gzip in gzip bomb",
        "gzip",
        bomb + "|" + UP + "|BODY_MISSING_TEXT|BODY_NOT_JSON",
        gzip(gzip(zeros)));
    to.coded("bomb of many members", "gzip", bomb, repeat(gzip(new byte[64 << 10]), 40));
    to.coded("nested codings", "gzip, gzip", "BODY_UNDECODABLE", gzip(gzip(bytes("ok"))));
    to.coded("ten codings", "gzip,".repeat(10), "BODY_UNDECODABLE", gzip(bytes("ok")));
    to.coded("gzip cut", "gzip", "BODY_UNDECODABLE", Arrays.copyOf(gzip(bytes("hello ok")), 12));
    to.coded("gzip header only", "gzip", "BODY_UNDECODABLE", Arrays.copyOf(gzip(bytes("x")), 10));
    to.coded("not gzip", "gzip", "BODY_UNDECODABLE", bytes("hello, this is plain text"));
    to.coded("not deflate", "deflate", "BODY_UNDECODABLE", bytes("hello, this is plain text"));
    to.coded(
        "gzip with a name without end",
        "gzip",
        "BODY_UNDECODABLE",
        join(new byte[] {31, -117, 8, 8, 0, 0, 0, 0, 0, 0}, "n".repeat(2000)));
    byte[] wrong = gzip(bytes("hello ok"));
    wrong[wrong.length - 6]++;
    to.coded("gzip with a wrong checksum", "gzip", "BODY_UNDECODABLE", wrong);
    to.coded(
        "gzip with garbage behind",
        "gzip",
        "BODY_UNDECODABLE|" + UP + "|BODY_NOT_JSON",
        join(gzip(bytes("ok")), "garbage and more garbage"));
    String unasked = UP + "|BODY_UNDECODABLE";
    to.coded("brotli", "br", unasked, bytes("ok"));
    to.coded("zstd", "zstd", unasked, bytes("ok"));
    to.coded("no coding at all", ",,,", UP + "|BODY_NOT_JSON", bytes("ok"));
    to.add(
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
}
