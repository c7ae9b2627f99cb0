package parallax.coordinator.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import parallax.config.access.Access;
import parallax.config.access.OidcProvider;
import parallax.config.policy.ApiToken;
import parallax.config.policy.ApiToken.Role;
import parallax.config.secret.Secret;

/** Properties of the one decision, in worlds drawn at random. */
final class AdmissionTest {
  private static final int WORLDS = 40_000;
  private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
  private static final Seal SEAL = seal("ab");
  private static final Seal OTHER = seal("cd");
  private static final List<ApiToken> TOKENS =
      List.of(Role.values()).stream()
          .map(role -> new ApiToken("t-" + role, Secret.of("secret-" + role), role))
          .toList();
  private static final OidcProvider PROVIDER =
      new OidcProvider(
          URI.create("https://id.example.com"),
          "parallax",
          Secret.of("s"),
          Optional.empty(),
          List.of(),
          "groups",
          new TreeMap<>(Map.of("sre", Role.OPERATOR)));

  private static Seal seal(String twoDigits) {
    return Seal.of(Secret.of(twoDigits.repeat(Seal.KEY_BYTES))).orElseThrow();
  }

  /** A world, with what is true of it. */
  private record World(Rules rules, Knock knock, Need need, Optional<Session> session) {}

  private static <T> T one(Random random, List<T> of) {
    return of.get(random.nextInt(of.size()));
  }

  private static World world(Random random) {
    List<ApiToken> tokens = random.nextInt(3) == 0 ? List.of() : TOKENS;
    Optional<OidcProvider> oidc = random.nextInt(3) == 0 ? Optional.of(PROVIDER) : Optional.empty();
    Access access = new Access(tokens, oidc, random.nextInt(4) == 0, List.of());
    Session session = session(random);
    Ended ended = Ended.NONE;
    if (random.nextInt(5) == 0) {
      ended =
          ended.with(
              one(random, ends(session)), one(random, List.of(NOON, NOON.minusSeconds(9_000))));
    }
    Optional<Seal> seal = random.nextInt(10) == 0 ? Optional.empty() : Optional.of(SEAL);
    Optional<String> cookie =
        one(
            random,
            List.of(
                Optional.empty(),
                Optional.of(session.sealed(SEAL)),
                Optional.of(session.sealed(SEAL)),
                Optional.of(session.sealed(OTHER)),
                Optional.of("x.y")));
    Optional<String> place =
        one(random, List.of(Optional.empty(), Optional.of(Admission.place(SEAL, "p"))));
    boolean changes = random.nextBoolean();
    boolean form = changes && random.nextBoolean();
    byte[] mask = new byte[FormToken.MASK_BYTES];
    random.nextBytes(mask);
    Optional<String> token =
        one(
            random,
            List.of(
                Optional.empty(),
                Optional.of("x"),
                Optional.of(FormToken.of(SEAL, "p", mask)),
                Optional.of(FormToken.of(OTHER, session.id(), mask)),
                Optional.of(FormToken.of(SEAL, session.id(), mask))));
    Optional<String> authorization =
        one(
            random,
            List.of(
                Optional.empty(),
                Optional.empty(),
                Optional.of("Bearer secret-" + one(random, List.of(Role.values()))),
                Optional.of("Bearer "),
                Optional.of("Basic c2VjcmV0")));
    Knock knock =
        new Knock(
            new Knock.Origin(
                random.nextBoolean(),
                random.nextInt(4) == 0,
                Optional.of(one(random, List.of("localhost:8080", "evil.example", "127.0.0.1")))),
            new Knock.Page(
                one(
                    random,
                    List.of(
                        Optional.empty(),
                        Optional.of("http://localhost:8080"),
                        Optional.of("null"),
                        Optional.of("https://evil.example.org"))),
                one(
                    random,
                    List.of(
                        Optional.empty(), Optional.of("same-origin"), Optional.of("cross-site")))),
            authorization,
            cookie,
            place,
            new Knock.Deed(changes, form, token),
            NOON);
    boolean isOurs = cookie.isPresent() && cookie.get().equals(session.sealed(SEAL));
    return new World(
        new Rules(access, seal, ended),
        knock,
        one(random, List.of(Need.values())),
        isOurs ? Optional.of(session) : Optional.empty());
  }

  private static Session session(Random random) {
    ApiToken token = one(random, TOKENS);
    Session.Source by =
        one(
            random,
            List.of(
                new Session.ByToken(token.name(), Rules.proof(SEAL, token)),
                new Session.ByToken(token.name(), "another"),
                new Session.ByPerson("u", Rules.proof(SEAL, PROVIDER)),
                new Session.ByPerson("u", "another")));
    Instant issued =
        NOON.minus(one(random, List.of(Duration.ZERO, Duration.ofHours(5), Session.LONGEST)));
    Instant seen =
        NOON.minus(one(random, List.of(Duration.ZERO, Duration.ofHours(1), Session.IDLE)));
    Role role = random.nextInt(5) == 0 ? Role.ADMIN : token.role();
    return new Session("id-1", "alice", role, by, issued, seen);
  }

  private static List<Optional<String>> ends(Session session) {
    return List.of(
        Optional.empty(),
        Optional.of(session.own()),
        Optional.of(session.by().whose()),
        Optional.of("session:other"));
  }

  private static boolean enters(Rules rules, Knock knock, Need need) {
    return Admission.ask(rules, knock, need) instanceof Admission.Answer.Enters;
  }

  @Test
  void nobodyComesInWithoutWhatIsNeeded() {
    Random random = new Random(1);
    int entered = 0;
    int refused = 0;
    for (int count = 0; count < WORLDS; count++) {
      World world = world(random);
      Admission.Answer answer = Admission.ask(world.rules(), world.knock(), world.need());
      switch (answer) {
        case Admission.Answer.Enters(Asker asker) -> {
          entered++;
          mayEnter(world, asker);
        }
        case Admission.Answer.StaysOut(int status, String why) -> {
          refused++;
          assertThat(status).isIn(401, 403);
          assertThat(why).isNotBlank().doesNotContain("secret-");
          assertThat(status == 401 && world.need() == Need.PUBLIC).isFalse();
        }
      }
    }
    assertThat(entered).isGreaterThan(WORLDS / 10);
    assertThat(refused).isGreaterThan(WORLDS / 10);
  }

  private static void mayEnter(World world, Asker asker) {
    Rules rules = world.rules();
    Knock knock = world.knock();
    Access access = rules.access();
    boolean open = world.need() == Need.VIEWER && (!access.tellsApart() || access.readByAnybody());
    if (world.need().role().isPresent() && !open) {
      assertThat(asker.role().orElseThrow().includes(world.need().role().get())).isTrue();
    }
    if (knock.deed().changes()) {
      assertThat(knock.page().site()).isNotEqualTo(Optional.of("cross-site"));
    }
    boolean ambient = !(asker instanceof Asker.Bearer);
    if (knock.deed().form() && ambient) {
      assertThat(knock.deed().token()).isPresent();
      assertThat(knock.deed().token().get()).hasSizeGreaterThan(80);
    }
    switch (asker) {
      case Asker.Anybody _ -> {}
      case Asker.Local _ -> {
        assertThat(access.tellsApart()).isFalse();
        assertThat(knock.from().loopback()).isTrue();
        assertThat(knock.from().forwarded()).isFalse();
        assertThat(knock.from().host()).isNotEqualTo(Optional.of("evil.example"));
      }
      case Asker.Bearer(String name, Role role) -> {
        assertThat(knock.authorization()).contains("Bearer secret-" + role);
        assertThat(name).isEqualTo("t-" + role);
      }
      case Asker.SignedIn(Session session) -> {
        assertThat(world.session()).contains(session);
        assertThat(session.holds(NOON)).isTrue();
        assertThat(rules.ended().covers(session)).isFalse();
        assertThat(session.by().proof()).isNotEqualTo("another");
        assertThat(knock.authorization().filter(text -> text.startsWith("Bearer"))).isEmpty();
      }
    }
  }

  @Test
  void whoMayDoMoreMayDoLess() {
    Random random = new Random(2);
    for (int count = 0; count < WORLDS; count++) {
      World world = world(random);
      List<Need> roles = List.of(Need.VIEWER, Need.RESPONDER, Need.OPERATOR, Need.ADMIN);
      for (int need = 1; need < roles.size(); need++) {
        if (enters(world.rules(), world.knock(), roles.get(need))) {
          assertThat(enters(world.rules(), world.knock(), roles.get(need - 1))).isTrue();
        }
      }
    }
  }

  @Test
  void tellingPeopleApartLetsNobodyDoMoreWhoShowsNothing() {
    Random random = new Random(3);
    for (int count = 0; count < WORLDS; count++) {
      World world = world(random);
      Knock bare =
          new Knock(
              world.knock().from(),
              world.knock().page(),
              Optional.empty(),
              Optional.empty(),
              world.knock().place(),
              world.knock().deed(),
              NOON);
      Rules open = new Rules(Access.NONE, world.rules().seal(), world.rules().ended());
      if (enters(world.rules(), bare, world.need())) {
        assertThat(enters(open, bare, world.need())).isTrue();
      }
    }
  }

  @ParameterizedTest
  @CsvSource({
    "same-origin, , true",
    "none, , true",
    "cross-site, http://localhost, false",
    "same-site, , false",
    "same-origin, null, true",
    ", null, false",
    ", https://evil.example, false",
    ", http://localhost, true",
    ", , true"
  })
  void aPageOfAnotherOriginDoesNothing(String site, String origin, boolean may) {
    Knock knock =
        new Knock(
            new Knock.Origin(true, false, Optional.of("localhost")),
            new Knock.Page(Optional.ofNullable(origin), Optional.ofNullable(site)),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            new Knock.Deed(true, false, Optional.empty()),
            NOON);
    assertThat(enters(new Rules(Access.NONE, Optional.of(SEAL), Ended.NONE), knock, Need.ADMIN))
        .isEqualTo(may);
  }

  @Test
  void whatWasEndedWithoutANameIsEverybodys() {
    Session session =
        new Session("1", "a", Role.VIEWER, new Session.ByPerson("u", "p"), NOON, NOON);
    assertThat(Ended.NONE.covers(session)).isFalse();
    assertThat(Ended.NONE.with(Optional.empty(), NOON).covers(session)).isTrue();
    assertThat(Ended.NONE.with(Optional.empty(), NOON.minusMillis(1)).covers(session)).isFalse();
    assertThat(Ended.NONE.with(Optional.of("person:u"), NOON).covers(session)).isTrue();
    assertThat(Ended.NONE.with(Optional.of("person:v"), NOON).covers(session)).isFalse();
  }

  @Test
  void whatIsSealedForOnePurposeIsNothingForAnother() {
    String sealed = SEAL.sealed("one", "text");
    assertThat(SEAL.opened("one", sealed)).contains("text");
    assertThat(SEAL.opened("two", sealed)).isEmpty();
    assertThat(OTHER.opened("one", sealed)).isEmpty();
    assertThat(SEAL.opened("one", "x".repeat(Seal.MAX_SEALED + 1) + ".x")).isEmpty();
    assertThat(SEAL).hasToString("***");
    assertThat(Seal.of(Secret.of("short"))).isEmpty();
    assertThat(Seal.of(Secret.of("zz".repeat(Seal.KEY_BYTES)))).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"/", "/targets?q=a%20b&x=1", "/incidents/abc#why", "/a//b"})
  void aPathOfOursIsGoneBackTo(String path) {
    assertThat(LocalPath.of(Optional.of(path))).isEqualTo(path);
  }
}
