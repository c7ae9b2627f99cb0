package parallax.coordinator.notify.http;

import java.io.ByteArrayOutputStream;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;

/** Takes the beginning of a body and hangs up on the rest. Thread-safe. */
final class BoundedBody implements HttpResponse.BodySubscriber<String> {
  private final int limit;
  private final ByteArrayOutputStream taken = new ByteArrayOutputStream();
  private final CompletableFuture<String> whole = new CompletableFuture<>();
  private Optional<Flow.Subscription> subscription = Optional.empty();

  BoundedBody(int limit) {
    this.limit = limit;
  }

  @Override
  public CompletionStage<String> getBody() {
    return whole;
  }

  /** What has come until now. Bytes that are not UTF-8 become replacement characters. */
  String soFar() {
    synchronized (taken) {
      return taken.toString(StandardCharsets.UTF_8);
    }
  }

  @Override
  public void onSubscribe(Flow.Subscription started) {
    subscription = Optional.of(started);
    started.request(Long.MAX_VALUE);
  }

  @Override
  public void onNext(List<ByteBuffer> buffers) {
    synchronized (taken) {
      for (ByteBuffer buffer : buffers) {
        byte[] part = new byte[Math.min(buffer.remaining(), limit - taken.size())];
        buffer.get(part);
        taken.writeBytes(part);
      }
      if (taken.size() < limit) {
        return;
      }
    }
    subscription.ifPresent(Flow.Subscription::cancel);
    onComplete();
  }

  @Override
  public void onError(Throwable problem) {
    whole.completeExceptionally(problem);
  }

  @Override
  public void onComplete() {
    whole.complete(soFar());
  }
}
