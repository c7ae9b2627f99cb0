package parallax.config.wire.check;

import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import parallax.config.check.Naming;
import parallax.config.check.ServerAddress;
import parallax.config.secret.Secret;
import parallax.config.wire.field.Bounds;
import parallax.config.wire.field.EnumWords;
import parallax.config.wire.field.Fault;
import parallax.config.wire.field.Times;
import parallax.config.wire.field.WireFault;
import parallax.uplink.v1.Assigned;

/** What checks of several kinds have in common. */
final class Parts {
  /** Elements of any list in a specification; nothing that can be configured has more. */
  static final int MAX_ITEMS = 1_000;

  /** UTF-16 code units of any text in a specification; nothing that can be configured has more. */
  static final int MAX_TEXT = 8_192;

  /** UTF-16 code units of a request body or another secret. */
  static final int MAX_SECRET = 64 * 1024;

  private static final int MAX_PORT = 65_535;

  private static final EnumWords<Naming.AddressFamily, Assigned.Naming.AddressFamily> FAMILIES =
      new EnumWords<>(
          Naming.AddressFamily.class, Assigned.Naming.AddressFamily.class, "ADDRESS_FAMILY_");

  private Parts() {}

  static Assigned.ServerAddress write(ServerAddress server) {
    return Assigned.ServerAddress.newBuilder()
        .setHost(server.host())
        .setPort(server.port())
        .build();
  }

  static ServerAddress read(Assigned.ServerAddress in) {
    return new ServerAddress(
        text("host", in.getHost()), Bounds.number("port", in.getPort(), MAX_PORT));
  }

  static Assigned.Naming write(Naming naming) {
    Assigned.Naming.Builder out =
        Assigned.Naming.newBuilder().setFamily(FAMILIES.write(naming.family()));
    naming.resolvers().forEach(resolver -> out.addResolvers(write(resolver)));
    switch (naming.choice()) {
      case Naming.Choice.First() -> {}
      case Naming.Choice.Each() -> out.setEach(Assigned.Naming.Each.getDefaultInstance());
      case Naming.Choice.Only(String host, String address) ->
          out.getOnlyBuilder().setHost(host).setAddress(address);
    }
    return out.build();
  }

  static Naming read(Assigned.Naming in) {
    return new Naming(
        Bounds.items("resolvers", in.getResolversList(), MAX_ITEMS).stream()
            .map(Parts::read)
            .toList(),
        Bounds.known("family", FAMILIES.read(in.getFamily())),
        choice(in));
  }

  private static Naming.Choice choice(Assigned.Naming in) {
    return switch (in.getChoiceCase()) {
      case EACH -> new Naming.Choice.Each();
      case ONLY ->
          new Naming.Choice.Only(
              text("host", in.getOnly().getHost()), text("address", in.getOnly().getAddress()));
      case CHOICE_NOT_SET -> new Naming.Choice.First();
    };
  }

  static Assigned.Secret write(Secret secret) {
    return Assigned.Secret.newBuilder().setValue(secret.reveal()).build();
  }

  static Secret read(String field, Assigned.Secret in) {
    return Secret.of(Bounds.text(field, in.getValue(), MAX_SECRET));
  }

  static List<Assigned.Answers> write(SortedMap<String, SortedSet<String>> expect) {
    return expect.entrySet().stream()
        .map(
            entry ->
                Assigned.Answers.newBuilder()
                    .setType(entry.getKey())
                    .addAllAnswers(entry.getValue())
                    .build())
        .toList();
  }

  static SortedMap<String, SortedSet<String>> read(List<Assigned.Answers> in) {
    SortedMap<String, SortedSet<String>> expect = new TreeMap<>();
    for (Assigned.Answers answers : Bounds.items("expect", in, MAX_ITEMS)) {
      expect.put(text("type", answers.getType()), sorted("answers", answers.getAnswersList()));
    }
    return expect;
  }

  static Assigned.Names names(Collection<String> names) {
    return Assigned.Names.newBuilder().addAllNames(names).build();
  }

  static Optional<SortedSet<String>> names(boolean set, String field, Assigned.Names in) {
    return set ? Optional.of(sorted(field, in.getNamesList())) : Optional.empty();
  }

  static String text(String field, String value) {
    return Bounds.text(field, value, MAX_TEXT);
  }

  static Optional<String> textIf(boolean set, String field, String value) {
    return set ? Optional.of(text(field, value)) : Optional.empty();
  }

  static List<String> texts(String field, List<String> values) {
    return Bounds.texts(field, values, MAX_ITEMS, MAX_TEXT);
  }

  static SortedSet<String> sorted(String field, List<String> values) {
    return new TreeSet<>(texts(field, values));
  }

  static Optional<Duration> durationIf(boolean set, String field, long nanos) {
    return set ? Optional.of(Times.duration(field, nanos)) : Optional.empty();
  }

  static URI uri(String field, String value) {
    try {
      return new URI(text(field, value));
    } catch (URISyntaxException e) {
      // Its message would quote the whole, which may hold what a user keeps to himself.
      throw new WireFault(Fault.INVALID, field + " is no URI: " + e.getReason());
    }
  }
}
