package parallax.coordinator.access;

import java.util.Optional;
import parallax.config.policy.ApiToken.Role;

/** What somebody needs to come in somewhere; each says this of itself as data. */
public enum Need {
  /** Nothing: it is for whoever reaches the port, or has locks of its own. */
  PUBLIC(Optional.empty()),
  /** To read. Where nobody is told apart, or reading is for anybody, this is nothing as well. */
  VIEWER(Optional.of(Role.VIEWER)),
  RESPONDER(Optional.of(Role.RESPONDER)),
  OPERATOR(Optional.of(Role.OPERATOR)),
  ADMIN(Optional.of(Role.ADMIN));

  private final Optional<Role> role;

  Need(Optional<Role> role) {
    this.role = role;
  }

  /** What is needed of whoever has a role. */
  public static Need of(Role role) {
    return switch (role) {
      case VIEWER -> VIEWER;
      case RESPONDER -> RESPONDER;
      case OPERATOR -> OPERATOR;
      case ADMIN -> ADMIN;
    };
  }

  /** The role that is needed; empty: none. */
  public Optional<Role> role() {
    return role;
  }
}
