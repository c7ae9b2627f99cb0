package parallax.coordinator.testing;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import parallax.config.access.Access;
import parallax.config.access.OidcProvider;
import parallax.config.policy.ApiToken;
import parallax.config.policy.ApiToken.Role;
import parallax.config.secret.Secret;

/**
 * An OpenID provider that others wrote, on this machine: oidc-provider for Node, where npm keeps
 * what is installed for all, or in the folder that {@code -Dparallax.node.modules} names. It takes
 * anybody for who they say they are; NAME is in the groups {@code everybody} and {@code NAMEs}.
 */
public final class RealProvider implements AutoCloseable {
  private static final String SCRIPT = "provider.mjs";
  private static final long SOON = 30;

  private final Process node;
  private final URI issuer;

  private RealProvider(Process node, URI issuer) {
    this.node = node;
    this.issuer = issuer;
  }

  /** Where it is installed; empty when it is not. */
  public static Optional<Path> modules() throws IOException, InterruptedException {
    String named = System.getProperty("parallax.node.modules", "");
    String root = named.isEmpty() ? globalModules() : named;
    return Optional.of(Path.of(root))
        .filter(all -> !root.isEmpty() && Files.isDirectory(all.resolve("oidc-provider")));
  }

  private static String globalModules() throws IOException, InterruptedException {
    try {
      Process npm =
          new ProcessBuilder("npm", "root", "-g")
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
      try (BufferedReader out = lines(npm)) {
        String line = out.readLine();
        return !npm.waitFor(SOON, TimeUnit.SECONDS) || line == null ? "" : line.strip();
      }
    } catch (IOException e) {
      return "";
    }
  }

  private static BufferedReader lines(Process process) {
    return new BufferedReader(
        new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
  }

  /**
   * Starts one, for the one client {@code parallax}.
   *
   * @param folder for its script and what it says of its own trouble
   * @param back where it sends people back to
   */
  public static RealProvider start(Path modules, Path folder, String back)
      throws IOException, InterruptedException {
    Path script = folder.resolve(SCRIPT);
    try (InputStream resource =
        Objects.requireNonNull(RealProvider.class.getResourceAsStream(SCRIPT))) {
      Files.copy(resource, script);
    }
    Path log = folder.resolve("node.log");
    Process node =
        new ProcessBuilder("node", script.toString(), modules.toAbsolutePath().toString(), back)
            .redirectError(log.toFile())
            .start();
    try {
      BufferedReader out = lines(node);
      String line = CompletableFuture.supplyAsync(() -> first(out)).get(SOON, TimeUnit.SECONDS);
      if (!line.startsWith("http://")) {
        throw new IOException(line + ": " + Files.readString(log));
      }
      return new RealProvider(node, URI.create(line));
    } catch (ExecutionException | TimeoutException | IOException e) {
      node.destroyForcibly();
      throw new IOException("no provider: " + Files.readString(log), e);
    }
  }

  private static String first(BufferedReader out) {
    try {
      return String.valueOf(out.readLine());
    } catch (IOException e) {
      return e.toString();
    }
  }

  public URI issuer() {
    return issuer;
  }

  /**
   * Access by it, and by tokens beside it.
   *
   * @param roles by group
   */
  public Access access(Map<String, Role> roles, List<ApiToken> tokens) {
    return new Access(
        tokens,
        Optional.of(
            new OidcProvider(
                issuer,
                "parallax",
                Secret.of("s3cr/t +:&"),
                Optional.empty(),
                List.of("profile", "groups"),
                "groups",
                new TreeMap<>(roles))),
        false,
        List.of());
  }

  @Override
  public void close() {
    node.destroyForcibly();
  }
}
