package parallax.coordinator.access;

import java.util.Optional;
import parallax.config.policy.ApiToken.Role;

/** Who is asking. */
public sealed interface Asker {
  /** By this name what is done is signed. */
  String name();

  /** What they may do; empty: what is for whoever reaches the port. */
  Optional<Role> role();

  /** Whoever reaches the port. */
  record Anybody() implements Asker {
    @Override
    public String name() {
      return "anybody";
    }

    @Override
    public Optional<Role> role() {
      return Optional.empty();
    }
  }

  /** Somebody on the coordinator's own machine, where nobody is told apart. */
  record Local() implements Asker {
    @Override
    public String name() {
      return "local";
    }

    @Override
    public Optional<Role> role() {
      return Optional.of(Role.ADMIN);
    }
  }

  /** Whoever shows a token with each request. */
  record Bearer(String name, Role held) implements Asker {
    @Override
    public Optional<Role> role() {
      return Optional.of(held);
    }
  }

  /** Somebody who has signed in. */
  record SignedIn(Session session) implements Asker {
    @Override
    public String name() {
      return session.name();
    }

    @Override
    public Optional<Role> role() {
      return Optional.of(session.role());
    }
  }
}
