package parallax.probe.bgp.rislive.server;

import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;

/**
 * Plays stored messages to whoever asks for them, once, as if they came now: {@code PORT FILE
 * [SPEED]}, the file a message a line, plain or {@code .gz}. It begins with the first client.
 */
public final class LocalRisLiveMain {
  private static final Pattern TIME =
      Pattern.compile("\"timestamp\": ?([0-9]{1,10}(\\.[0-9]{1,9})?)");
  private static final int MICROS = 6;

  private LocalRisLiveMain() {}

  public static void main(String[] arguments) throws IOException, InterruptedException {
    int port = Integer.parseInt(arguments[0]);
    List<String> frames = lines(Path.of(arguments[1]));
    double speed = arguments.length > 2 ? Double.parseDouble(arguments[2]) : 1;
    InstantSource clock = InstantSource.system();
    CountDownLatch never = new CountDownLatch(1);
    try (LocalRisLive service = LocalRisLive.start(port)) {
      System.out.println(service.webSocket() + " " + service.stream());
      while (service.subscriptions() == 0) {
        pause(never, Duration.ofMillis(100));
      }
      BigDecimal before = time(frames.getFirst());
      for (String frame : frames) {
        BigDecimal at = time(frame);
        long nanos = at.subtract(before).movePointRight(9).longValue();
        pause(never, Duration.ofNanos((long) (Math.max(0, nanos) / speed)));
        before = at;
        BigDecimal now = BigDecimal.valueOf(clock.millis()).movePointLeft(3);
        service.publish(List.of(moved(frame, now)));
      }
      System.out.println("All messages are sent.");
      never.await();
    }
  }

  private static void pause(CountDownLatch never, Duration time) throws InterruptedException {
    if (never.await(time.toNanos(), TimeUnit.NANOSECONDS)) {
      throw new IllegalStateException("never has come");
    }
  }

  private static List<String> lines(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file);
        InputStream plain = file.toString().endsWith(".gz") ? new GZIPInputStream(in) : in) {
      return new String(plain.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
    }
  }

  private static BigDecimal time(String frame) {
    Matcher found = TIME.matcher(frame);
    return found.find() ? new BigDecimal(found.group(1)) : BigDecimal.ZERO;
  }

  private static String moved(String frame, BigDecimal now) {
    String text = now.setScale(MICROS, RoundingMode.HALF_UP).toPlainString();
    return TIME.matcher(frame).replaceFirst("\"timestamp\":" + text);
  }
}
