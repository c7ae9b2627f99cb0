package parallax.deploy.demo.net;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.xbill.DNS.ARecord;
import org.xbill.DNS.CNAMERecord;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.NSRecord;
import org.xbill.DNS.Name;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

/**
 * A resolver that asks its way down from the root (RFC 1034 section 5.3.3) and remembers an answer
 * for a second, so that the small internet changes as fast as its caches forget. It asks all
 * servers of a zone at once and takes the first answer.
 */
final class Resolver implements DnsServer.Answers {
  /** How long the servers of a zone are waited for: less than a probe waits for the resolver. */
  static final Duration PATIENCE = Duration.ofMillis(1_200);

  private static final Duration KEPT = Duration.ofSeconds(1);
  private static final Duration IN_ALL = Duration.ofSeconds(6);
  private static final int MAX_KEPT = 1_000;
  private static final int MAX_STEPS = 16;
  private static final int MAX_DEPTH = 4;
  private static final int MAX_SERVERS = 8;
  private static final int MAX_ANSWER = 4_096;
  private static final InetAddress OWN = InetAddress.ofLiteral("127.0.0.1");

  private final InetAddress root;
  private final int port;
  private final InstantSource clock;
  private final Map<Question, Kept> kept = new LinkedHashMap<>();

  private record Question(Name name, int type) {}

  private record Kept(CompletableFuture<Found> found, Instant until) {}

  /** What came of a question. */
  private record Found(int rcode, List<Record> records) {
    static final Found FAILED = new Found(Rcode.SERVFAIL, List.of());
  }

  /**
   * @param root the address of a server of the root
   * @param port of all servers
   */
  Resolver(InetAddress root, int port, InstantSource clock) {
    this.root = root;
    this.port = port;
    this.clock = clock;
  }

  @Override
  public Optional<Message> to(InetAddress client, InetAddress server, Message question) {
    Record asked = question.getQuestion();
    Found found = find(new Question(asked.getName(), asked.getType()), 0);
    Message reply = DnsServer.reply(question, found.rcode());
    reply.getHeader().setFlag(Flags.RA);
    found.records().forEach(record -> reply.addRecord(record, Section.ANSWER));
    return Optional.of(reply);
  }

  /** From memory, from whoever asks the same just now, or anew. */
  private Found find(Question question, int depth) {
    CompletableFuture<Found> own = new CompletableFuture<>();
    Optional<CompletableFuture<Found>> known = Optional.empty();
    Instant now = clock.instant();
    synchronized (kept) {
      Kept before = kept.get(question);
      if (before != null && (!before.found().isDone() || now.isBefore(before.until()))) {
        known = Optional.of(before.found());
      } else {
        if (kept.size() >= MAX_KEPT) {
          kept.clear();
        }
        kept.put(question, new Kept(own, now.plus(KEPT)));
      }
    }
    if (known.isEmpty()) {
      try {
        own.complete(descend(question, depth));
      } finally {
        own.complete(Found.FAILED);
      }
    }
    return await(known.orElse(own));
  }

  private static Found await(CompletableFuture<Found> found) {
    try {
      return found.get(IN_ALL.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Found.FAILED;
    } catch (ExecutionException | TimeoutException e) {
      return Found.FAILED;
    }
  }

  private Found descend(Question question, int depth) {
    List<Record> aliases = new ArrayList<>();
    List<InetAddress> servers = List.of(root);
    Name name = question.name();
    for (int step = 0; step < MAX_STEPS; step++) {
      Optional<Message> answer = ask(servers, new Question(name, question.type()));
      if (answer.isEmpty()) {
        return Found.FAILED;
      }
      Message reply = answer.get();
      List<Record> records = reply.getSection(Section.ANSWER);
      Optional<Name> alias = alias(records, question.type());
      if (alias.isPresent()) {
        aliases.addAll(records);
        name = alias.get();
        servers = List.of(root);
      } else if (isReferral(reply)) {
        servers = below(reply, depth);
        if (servers.isEmpty()) {
          return Found.FAILED;
        }
      } else {
        aliases.addAll(records);
        boolean refused = reply.getRcode() != Rcode.NOERROR && reply.getRcode() != Rcode.NXDOMAIN;
        return refused ? Found.FAILED : new Found(reply.getRcode(), aliases);
      }
    }
    return Found.FAILED;
  }

  private static Optional<Name> alias(List<Record> records, int type) {
    boolean only =
        !records.isEmpty()
            && type != Type.CNAME
            && records.stream().allMatch(CNAMERecord.class::isInstance);
    return only ? Optional.of(((CNAMERecord) records.getLast()).getTarget()) : Optional.empty();
  }

  private static boolean isReferral(Message reply) {
    return !reply.getHeader().getFlag(Flags.AA)
        && reply.getSection(Section.ANSWER).isEmpty()
        && reply.getSection(Section.AUTHORITY).stream().anyMatch(NSRecord.class::isInstance);
  }

  /** The addresses of the servers that a referral names, by their glue or asked for. */
  private List<InetAddress> below(Message referral, int depth) {
    List<InetAddress> glue =
        referral.getSection(Section.ADDITIONAL).stream()
            .filter(ARecord.class::isInstance)
            .map(record -> ((ARecord) record).getAddress())
            .toList();
    if (!glue.isEmpty() || depth >= MAX_DEPTH) {
      return glue;
    }
    return referral.getSection(Section.AUTHORITY).stream()
        .filter(NSRecord.class::isInstance)
        .map(record -> ((NSRecord) record).getTarget())
        .map(host -> find(new Question(host, Type.A), depth + 1))
        .flatMap(found -> found.records().stream())
        .filter(ARecord.class::isInstance)
        .map(record -> ((ARecord) record).getAddress())
        .limit(MAX_SERVERS)
        .toList();
  }

  private Optional<Message> ask(List<InetAddress> servers, Question question) {
    Message query = Message.newQuery(Record.newRecord(question.name(), question.type(), DClass.IN));
    query.getHeader().unsetFlag(Flags.RD);
    byte[] wire = query.toWire();
    Instant until = clock.instant().plus(PATIENCE);
    try (DatagramSocket socket = new DatagramSocket(0, OWN)) {
      for (InetAddress server : servers.subList(0, Math.min(MAX_SERVERS, servers.size()))) {
        socket.send(new DatagramPacket(wire, wire.length, new InetSocketAddress(server, port)));
      }
      while (true) {
        long left = Duration.between(clock.instant(), until).toMillis();
        if (left <= 0) {
          return Optional.empty();
        }
        socket.setSoTimeout((int) left);
        DatagramPacket packet = new DatagramPacket(new byte[MAX_ANSWER], MAX_ANSWER);
        socket.receive(packet);
        Message reply = new Message(Arrays.copyOf(packet.getData(), packet.getLength()));
        if (reply.getHeader().getID() == query.getHeader().getID()) {
          return Optional.of(reply);
        }
      }
    } catch (IOException e) {
      // Nobody answers, or not in time; or what came is no message.
      return Optional.empty();
    }
  }
}
