package parallax.probe.dns.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.xbill.DNS.Type;
import parallax.probe.check.Deadline;

/** How long questions share a port, and what silence means on a machine that is busy. */
final class UdpLinesTest {
  private static final Duration LONG = Duration.ofSeconds(10);
  private static final Duration SHORT = Duration.ofMillis(600);

  private final Vertx vertx = Vertx.vertx();
  private final DnsExchange exchange = new DnsExchange(vertx);

  /** Questions of one event loop only can share. */
  private final Context context = vertx.getOrCreateContext();

  @AfterEach
  void stop() throws TimeoutException {
    vertx.close().await(20, TimeUnit.SECONDS);
  }

  private static Question question(int number) {
    return new Question(Question.nameOf("q" + number + ".test").orElseThrow(), Type.A);
  }

  private Future<Heard> ask(DnsExchange whom, InetSocketAddress server, int n, Duration time) {
    Promise<Heard> heard = Promise.promise();
    context.runOnContext(
        _ ->
            whom.ask(
                    server,
                    question(n),
                    Manner.OF_RESOLVER,
                    Deadline.startingNow(System::nanoTime, time))
                .onComplete(heard));
    return heard.future();
  }

  private Future<Heard> ask(Echo server, int number, Duration time) {
    return ask(exchange, server.address(), number, time);
  }

  private static Heard heard(Future<Heard> future) {
    try {
      return future.await(20, TimeUnit.SECONDS);
    } catch (TimeoutException e) {
      throw new AssertionError("still nothing after 20 s", e);
    }
  }

  private static void assertSilence(Heard heard, Heard.Failure failure, String detail) {
    assertThat(heard)
        .isInstanceOfSatisfying(
            Heard.Silence.class,
            silence -> {
              assertThat(silence.failure()).isEqualTo(failure);
              assertThat(silence.detail()).contains(detail);
            });
  }

  @Test
  void questionsAtOnceShareAPortAndEachGetsItsOwnAnswer() throws IOException {
    try (Echo server = Echo.faithful()) {
      List<Future<Heard>> asked =
          IntStream.range(0, 8).mapToObj(number -> ask(server, number, LONG)).toList();
      for (int number = 0; number < asked.size(); number++) {
        Question own = question(number);
        assertThat(heard(asked.get(number)))
            .isInstanceOfSatisfying(
                Heard.Reply.class,
                reply -> assertThat(reply.message().getQuestion().getName()).isEqualTo(own.name()));
      }
      assertThat(new HashSet<>(server.ports())).hasSizeLessThan(8);
      assertThat(server.queries()).doesNotHaveDuplicates();
    }
  }

  @Test
  void aPortServesABoundedNumberOfQuestions() throws IOException {
    try (Echo server = Echo.faithful()) {
      int all = 3 * UdpLines.MAX_QUESTIONS;
      IntStream.range(0, all)
          .forEach(n -> assertThat(heard(ask(server, n, LONG))).isInstanceOf(Heard.Reply.class));
      assertThat(server.ports())
          .hasSize(all)
          .allSatisfy(
              port ->
                  assertThat(Collections.frequency(server.ports(), port))
                      .isLessThanOrEqualTo(UdpLines.MAX_QUESTIONS));
    }
  }

  @Test
  void aPortIsLeftWhenItsTimeIsOver() throws IOException {
    try (Echo server = Echo.faithful()) {
      heard(ask(server, 0, LONG));
      Duration after = UdpLines.MAX_AGE.multipliedBy(2);
      heard(
          vertx.timer(after.toMillis(), TimeUnit.MILLISECONDS).compose(_ -> ask(server, 1, LONG)));
      assertThat(server.ports()).hasSize(2).doesNotHaveDuplicates();
    }
  }

  @Test
  void aWrongGuessMakesThePortUselessForFurtherQuestions() throws IOException {
    try (Echo server =
        new Echo((_, query) -> List.of(Echo.reply(query, 1), Echo.reply(query, 0)))) {
      for (int number = 0; number < 3; number++) {
        assertThat(heard(ask(server, number, LONG))).isInstanceOf(Heard.Reply.class);
      }
      assertThat(new HashSet<>(server.ports())).hasSize(3);
    }
  }

  @Test
  void anAnswerThatComesTooLateIsNoForgeryToTheOthers() throws IOException {
    try (Echo server = Echo.silent()) {
      Future<Heard> first = ask(server, 0, Duration.ofMillis(300));
      Future<Heard> second = ask(server, 1, LONG);
      assertSilence(heard(first), Heard.Failure.TIMEOUT, "no answer within");
      int port = server.ports().getFirst();
      server.queries().stream()
          .filter(query -> query.getQuestion().getName().equals(question(0).name()))
          .forEach(query -> server.send(Echo.reply(query, 0), port));
      server.queries().stream()
          .filter(query -> query.getQuestion().getName().equals(question(1).name()))
          .forEach(query -> server.send(Echo.reply(query, 0), port));
      assertThat(heard(second)).isInstanceOf(Heard.Reply.class);
    }
  }

  @Test
  void whereNobodyListensAllAreToldAtOnce() throws IOException {
    InetSocketAddress closed;
    try (DatagramSocket socket =
        new DatagramSocket(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0))) {
      closed = new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), socket.getLocalPort());
    }
    List<Future<Heard>> asked =
        IntStream.range(0, 5).mapToObj(number -> ask(exchange, closed, number, LONG)).toList();
    for (Future<Heard> one : asked) {
      assertSilence(heard(one), Heard.Failure.CLOSED_PORT, "");
      assertThat(heard(one).took()).isLessThan(LONG.dividedBy(2));
    }
    assertThat(exchange.inFlight()).isZero();
  }

  @Test
  void silenceWhileTheLoopStoodStillIsTheProbesOwnTrouble() throws IOException {
    try (Echo server =
        new Echo(
            (number, _) -> {
              if (number == 1) {
                context.runOnContext(_ -> spin(Duration.ofMillis(1_100)));
              }
              return List.of();
            })) {
      Future<Heard> asked = ask(server, 0, Duration.ofSeconds(2));
      assertSilence(heard(asked), Heard.Failure.OVERLOADED, "stood still");
    }
  }

  private static void spin(Duration time) {
    long until = System.nanoTime() + time.toNanos();
    while (System.nanoTime() < until) {
      Thread.onSpinWait();
    }
  }

  @Test
  void silenceAfterALongWaitForATurnIsTheProbesOwnTrouble() throws IOException {
    DnsExchange narrow = new DnsExchange(vertx, 1, 1);
    try (Echo server = Echo.silent()) {
      Future<Heard> first = ask(narrow, server.address(), 0, SHORT);
      Future<Heard> second = ask(narrow, server.address(), 1, SHORT.multipliedBy(2));
      assertThat(((Heard.Silence) heard(first)).failure()).isEqualTo(Heard.Failure.TIMEOUT);
      assertSilence(heard(second), Heard.Failure.OVERLOADED, "of waiting");
    }
  }
}
