package parallax.probe.dns.delegation;

import java.util.List;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;
import org.xbill.DNS.Type;
import parallax.probe.dns.wire.Heard;

/** What one server, asked as a server of some zone, said to a question. */
public sealed interface Said {
  /** In words, for people. */
  String words();

  /**
   * Authoritative: the records.
   *
   * @param records the answer section as far as it concerns the question and its aliases, without
   *     signatures, at most {@link #MAX_RECORDS}
   * @param aliases what each alias on the way stands for, in order
   */
  record Answered(List<Record> records, List<Name> aliases) implements Said {
    /** More records than this are dropped. */
    public static final int MAX_RECORDS = 256;

    public Answered {
      records = records.stream().limit(MAX_RECORDS).toList();
      aliases = List.copyOf(aliases);
    }

    @Override
    public String words() {
      return records.isEmpty()
          ? "an alias of " + aliases.getLast()
          : records.size() + " " + Type.string(records.getLast().getType());
    }
  }

  /** Authoritative: no such name (RFC 2308 section 2.1). */
  record NoSuchName() implements Said {
    @Override
    public String words() {
      return "NXDOMAIN";
    }
  }

  /** Authoritative: the name, but no such record (RFC 2308 section 2.2). */
  record NoSuchRecord() implements Said {
    @Override
    public String words() {
      return "no such record";
    }
  }

  /** Authoritative: aliases that never end. */
  record Looping() implements Said {
    @Override
    public String words() {
      return "a loop of aliases";
    }
  }

  /** Ask there: at a zone strictly below the one whose server this is. */
  record Referred(Delegation delegation) implements Said {
    @Override
    public String words() {
      int servers = delegation.servers().size();
      String signed = delegation.ds().isEmpty() ? "unsigned" : delegation.ds().size() + " DS";
      return delegation.zone() + " is at " + servers + " servers, " + signed;
    }
  }

  /** The server does not serve the zone, in one of several ways. */
  record Lame(Kind kind, String detail) implements Said {
    /** How it does not. */
    public enum Kind {
      REFUSED,
      SERVFAIL,
      /** An answer without authority, or a referral to the zone itself. */
      NOT_AUTHORITATIVE,
      /** A referral to a zone above. */
      UPWARD,
      /** Another rcode; the detail tells which. */
      RCODE
    }

    @Override
    public String words() {
      return detail;
    }
  }

  /**
   * No answer.
   *
   * @param path over what, and whether a truncated answer had come before
   */
  record Silent(Heard.Failure failure, Heard.Path path, String detail) implements Said {
    @Override
    public String words() {
      return detail;
    }
  }

  /** Not tested: says nothing about the server. */
  record NotAsked(Why why, String detail) implements Said {
    /** Why it was not asked. */
    public enum Why {
      /** This machine has no route for the address's family. */
      NO_ROUTE,
      /** The probe's network policy forbids the address. */
      FORBIDDEN,
      /** The walk was at one of its bounds. */
      BOUND
    }

    @Override
    public String words() {
      return "not tested: " + detail;
    }
  }

  /** Whether the server spoke as one that serves the zone. */
  default boolean serves() {
    return switch (this) {
      case Answered _, NoSuchName _, NoSuchRecord _, Looping _, Referred _ -> true;
      case Lame _, Silent _, NotAsked _ -> false;
    };
  }
}
