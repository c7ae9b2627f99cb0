package parallax.probe.dns.delegation;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;
import parallax.probe.dns.wire.Heard;
import parallax.probe.dns.wire.Question;

/** Evidence written down in few words. */
final class Sayings {
  static final Heard.Path UDP = new Heard.Path(false, false, false);
  static final Name ZONE = name("example.test.");
  static final Name TLD = name("test.");

  private Sayings() {}

  static Name name(String text) {
    return Name.fromConstantString(text);
  }

  static Said answered() {
    return new Said.Answered(
        List.of(record("example.test. SOA ns.example.test. a.example.test. 1 2 3 4 5")), List.of());
  }

  static Said lame(Said.Lame.Kind kind) {
    return new Said.Lame(kind, kind.name());
  }

  static Said silent(Heard.Failure failure) {
    return new Said.Silent(failure, UDP, failure.name());
  }

  static Said notAsked(Said.NotAsked.Why why) {
    return new Said.NotAsked(why, why.name());
  }

  /** A referral to {@code zone} at servers a and b in it, with glue 192.0.2.1 and 192.0.2.2. */
  static Delegation delegation(Name zone, String... ds) {
    SortedMap<Name, List<InetAddress>> glue = new TreeMap<>();
    glue.put(below("a", zone), List.of(InetAddress.ofLiteral("192.0.2.1")));
    glue.put(below("b", zone), List.of(InetAddress.ofLiteral("192.0.2.2")));
    return new Delegation(zone, new TreeSet<>(glue.keySet()), glue, new TreeSet<>(List.of(ds)));
  }

  static Name below(String label, Name zone) {
    return name(zone.equals(Name.root) ? label + "." : label + "." + zone);
  }

  static Said referred(Name zone) {
    return new Said.Referred(delegation(zone));
  }

  /** A step at which servers 192.0.2.1, 192.0.2.2 ... of {@code zone} said so. */
  static Step step(Name zone, Said... said) {
    List<Visit> visits =
        Stream.iterate(0, index -> index < said.length, index -> index + 1)
            .map(
                index ->
                    new Visit(
                        new NameServer(
                            below("abcdef".substring(index, index + 1), zone),
                            InetAddress.ofLiteral("192.0.2." + (index + 1))),
                        said[index],
                        Duration.ofMillis(5),
                        Optional.empty(),
                        UDP))
            .toList();
    return new Step(zone, visits, Collections.emptySortedSet());
  }

  static Walk walk(Step... steps) {
    return walk(Optional.empty(), steps);
  }

  static Walk walk(Optional<Walk.Bound> bound, Step... steps) {
    return new Walk(
        ZONE, new Question(ZONE, Type.SOA), Arrays.asList(steps), bound, 9, Duration.ofMillis(30));
  }

  /** A walk to another zone of the same parent. */
  static Walk control(Step... steps) {
    Name other = name("other.test.");
    return new Walk(
        other,
        new Question(other, Type.SOA),
        Arrays.asList(steps),
        Optional.empty(),
        9,
        Duration.ofMillis(30));
  }

  static Step root() {
    return step(Name.root, referred(TLD));
  }

  /** "NAME TYPE DATA". */
  static Record record(String text) {
    String[] words = text.split(" ", 3);
    try {
      return Record.fromString(
          name(words[0]), Type.value(words[1]), DClass.IN, 60, words[2], Name.root);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A reply to {@code question}; records each with the number of its section before it. */
  static Message message(Question question, int rcode, boolean authority, String... records) {
    Message message = new Message(1);
    message.getHeader().setFlag(Flags.QR);
    if (authority) {
      message.getHeader().setFlag(Flags.AA);
    }
    message.getHeader().setRcode(rcode);
    message.addRecord(
        Record.newRecord(question.name(), question.type(), DClass.IN), Section.QUESTION);
    for (String record : records) {
      message.addRecord(record(record.substring(2)), record.charAt(0) - '0');
    }
    return message;
  }

  static Heard heard(Message message) {
    return new Heard.Reply(message, UDP, 100, Duration.ofMillis(3), Duration.ofMillis(3));
  }
}
