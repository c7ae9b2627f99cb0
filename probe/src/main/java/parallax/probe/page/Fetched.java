package parallax.probe.page;

import java.util.List;
import java.util.Optional;
import parallax.config.observation.Finding;
import parallax.config.observation.Reason;
import parallax.probe.http.Answer;
import parallax.probe.http.HttpCheck;
import parallax.probe.http.body.BodyWindow;
import parallax.probe.net.NetworkPolicy;

/** Goes along with one resource: judges its type and hash, and reads a style for what it names. */
final class Fetched implements HttpCheck.Companion {
  /** More of one resource is not read; it is there, and that is enough. */
  static final int MAX_BYTES = 8 * BodyWindow.MAX_BYTES;

  /** More than this is not kept for its hash. */
  static final int MAX_HASHED = 4 * BodyWindow.MAX_BYTES;

  private final Resource resource;
  private final NetworkPolicy.Hop hop;
  private final int most;
  private List<Resource> found = List.of();

  Fetched(Resource resource, NetworkPolicy.Hop hop, long left) {
    this.resource = resource;
    this.hop = hop;
    int bound = wantsBytes(resource) ? MAX_HASHED : MAX_BYTES;
    this.most = (int) Math.min(bound, left);
  }

  private static boolean wantsBytes(Resource resource) {
    return resource.kind() == Resource.Kind.STYLE || !resource.integrity().isEmpty();
  }

  /** What a style names. */
  List<Resource> found() {
    return found;
  }

  @Override
  public NetworkPolicy.Hop hop() {
    return hop;
  }

  @Override
  public boolean wantsContent(Answer.Head head) {
    return wantsBytes(resource);
  }

  @Override
  public int maxBodyBytes() {
    return most;
  }

  @Override
  public Optional<Finding> judge(HttpCheck.Page page) {
    Optional<String> type = Types.fault(resource.kind(), page.head().headers());
    if (type.isPresent()) {
      return Optional.of(new Finding(Reason.PAGE_RESOURCE_TYPE, type.get()));
    }
    // Of what was cut nothing can be said.
    boolean hashed = !resource.integrity().isEmpty() && page.body().complete();
    Optional<String> hash =
        hashed ? Integrity.fault(resource.integrity(), page.body()) : Optional.empty();
    if (hash.isPresent()) {
      return Optional.of(new Finding(Reason.PAGE_INTEGRITY, hash.get()));
    }
    if (resource.kind() == Resource.Kind.STYLE) {
      Links links = new Links(page.url(), resource.depth() + 1);
      Css.read(page.body().text(page.charset()), links, resource.blocking());
      found = links.found();
    }
    return Optional.empty();
  }
}
