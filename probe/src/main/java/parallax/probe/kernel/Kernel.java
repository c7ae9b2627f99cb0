package parallax.probe.kernel;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandleProxies;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.Map;

/** The few calls of the C library that echoes and traces need, on 64-bit Linux. */
public final class Kernel {
  /** Errors of errno(3). */
  public static final int EPERM = 1;

  public static final int EINTR = 4;
  public static final int EAGAIN = 11;
  public static final int EACCES = 13;
  public static final int EMSGSIZE = 90;
  public static final int ECONNREFUSED = 111;
  public static final int EINPROGRESS = 115;

  /** Flags of recv(2). */
  public static final int ERROR_QUEUE = 0x2000;

  public static final int DONT_WAIT = 0x40;

  /** The words of strerror(3), by which failures of connections are told apart, too. */
  private static final Map<Integer, String> WORDS =
      Map.of(
          EPERM,
          "Operation not permitted",
          EACCES,
          "Permission denied",
          EAGAIN,
          "Resource temporarily unavailable",
          EMSGSIZE,
          "Message too long",
          97,
          "Address family not supported by protocol",
          99,
          "Cannot assign requested address",
          100,
          "Network is down",
          101,
          "Network is unreachable",
          105,
          "No buffer space available",
          113,
          "No route to host");

  private static final int NO_SOCKET = -1;
  private static final int SOL_SOCKET = 1;
  private static final int WARMING = 20_000;

  private static final Linker LINKER = Linker.nativeLinker();
  private static final StructLayout STATE = Linker.Option.captureStateLayout();
  private static final VarHandle ERRNO =
      STATE.varHandle(MemoryLayout.PathElement.groupElement("errno"));
  private static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT;
  private static final ValueLayout.OfLong LONG = ValueLayout.JAVA_LONG;

  private static final SocketCall SOCKET =
      proxy(SocketCall.class, handle("socket", FunctionDescriptor.of(INT, INT, INT, INT)));
  private static final CloseCall CLOSE =
      proxy(CloseCall.class, handle("close", FunctionDescriptor.of(INT, INT)));
  private static final OptionCall OPTION_OF_INT = option(Integer.BYTES);
  private static final OptionCall OPTION_OF_LINGER = option(2 * Integer.BYTES);
  private static final OptionCall OPTION_OF_TIME = option(2 * Long.BYTES);
  private static final OptionCall OPTION_OF_FILTER = option(4 * Long.BYTES);
  private static final MessageCall SENDMSG = message("sendmsg");
  private static final MessageCall RECVMSG = message("recvmsg");
  private static final AddressCall CONNECT = address("connect");
  private static final AddressCall BIND = address("bind");
  private static final PollCall POLL =
      proxy(
          PollCall.class,
          handle("poll", FunctionDescriptor.of(INT, ValueLayout.ADDRESS, LONG, INT)));
  private static final AskCall ASK =
      proxy(
          AskCall.class,
          MethodHandles.insertArguments(
              handle(
                  "getsockopt",
                  FunctionDescriptor.of(
                      INT, INT, INT, INT, ValueLayout.ADDRESS, ValueLayout.ADDRESS)),
              2,
              SOL_SOCKET));

  /** socket(2); the first of every call takes errno. */
  public interface SocketCall {
    int call(MemorySegment state, int family, int type, int protocol);
  }

  /** close(2). */
  public interface CloseCall {
    int call(MemorySegment state, int socket);
  }

  /** setsockopt(2), of a value of known length. */
  public interface OptionCall {
    int call(MemorySegment state, int socket, int level, int name, MemorySegment value);
  }

  /** sendmsg(2), recvmsg(2). */
  public interface MessageCall {
    long call(MemorySegment state, int socket, MemorySegment message, int flags);
  }

  /** connect(2), bind(2). */
  public interface AddressCall {
    int call(MemorySegment state, int socket, MemorySegment address, int length);
  }

  /** poll(2). */
  public interface PollCall {
    int call(MemorySegment state, MemorySegment sockets, long count, int millis);
  }

  /** getsockopt(2), of the socket itself. */
  public interface AskCall {
    int call(MemorySegment state, int socket, int name, MemorySegment value, MemorySegment length);
  }

  private Kernel() {}

  /** A call that did not work. */
  public static final class Refused extends IOException {
    private static final long serialVersionUID = 1;

    private final int errno;

    Refused(String call, int errno) {
      super(call + ": " + WORDS.getOrDefault(errno, "errno " + errno));
      this.errno = errno;
    }

    /** Of errno(3). */
    public int errno() {
      return errno;
    }
  }

  @SuppressWarnings("restricted") // of the C library, with the types that its headers say
  private static MethodHandle handle(String name, FunctionDescriptor descriptor) {
    return LINKER.downcallHandle(
        LINKER.defaultLookup().findOrThrow(name),
        descriptor,
        Linker.Option.captureCallState("errno"));
  }

  private static <T> T proxy(Class<T> type, MethodHandle handle) {
    return MethodHandleProxies.asInterfaceInstance(type, handle);
  }

  private static MessageCall message(String name) {
    return proxy(
        MessageCall.class,
        handle(name, FunctionDescriptor.of(LONG, INT, ValueLayout.ADDRESS, INT)));
  }

  private static AddressCall address(String name) {
    return proxy(
        AddressCall.class, handle(name, FunctionDescriptor.of(INT, INT, ValueLayout.ADDRESS, INT)));
  }

  private static OptionCall option(int length) {
    MethodHandle whole =
        handle("setsockopt", FunctionDescriptor.of(INT, INT, INT, INT, ValueLayout.ADDRESS, INT));
    int last = whole.type().parameterCount() - 1;
    return proxy(OptionCall.class, MethodHandles.insertArguments(whole, last, length));
  }

  public static int socket(int family, int type, int protocol) throws Refused {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment state = arena.allocate(STATE);
      return checked("socket", SOCKET.call(state, family, type, protocol), state);
    }
  }

  public static void close(int socket) {
    try (Arena arena = Arena.ofConfined()) {
      int _ = CLOSE.call(arena.allocate(STATE), socket);
    }
  }

  /** An option: an int, a struct of two, or one of two or four longs, laid out already. */
  public static void option(int socket, int level, int name, MemorySegment value) throws Refused {
    OptionCall call =
        switch ((int) value.byteSize()) {
          case Integer.BYTES -> OPTION_OF_INT;
          case 2 * Integer.BYTES -> OPTION_OF_LINGER;
          case 2 * Long.BYTES -> OPTION_OF_TIME;
          default -> OPTION_OF_FILTER;
        };
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment state = arena.allocate(STATE);
      int _ = checked("setsockopt", call.call(state, socket, level, name, value), state);
    }
  }

  /** Room for what a call says about its failure. */
  public static MemorySegment state(Arena arena) {
    return arena.allocate(STATE);
  }

  /**
   * Sends a message, at once or not at all.
   *
   * @param state made beforehand, for nothing else may take time here
   * @param leaving called just before
   */
  public static void send(int socket, MemorySegment message, MemorySegment state, Runnable leaving)
      throws Refused {
    // To nowhere first: after a pause the way there is in none of the processor's caches.
    long _ = depart(NO_SOCKET, message, state, leaving);
    int _ = checked("sendmsg", (int) depart(socket, message, state, leaving), state);
  }

  /** What takes time here is measured as time on the way. */
  private static long depart(
      int socket, MemorySegment message, MemorySegment state, Runnable leaving) {
    leaving.run();
    return SENDMSG.call(state, socket, message, DONT_WAIT);
  }

  /**
   * Departs without a socket until that is compiled: interpreted it takes as long as the way to a
   * neighbour.
   */
  public static void warmUp(MemorySegment message, MemorySegment state, Runnable leaving) {
    for (int times = 0; times < WARMING; times++) {
      long _ = depart(NO_SOCKET, message, state, leaving);
    }
  }

  /** Bytes received; waits as long as the socket's option says, unless {@code flags} say more. */
  public static int receive(int socket, MemorySegment message, MemorySegment state, int flags)
      throws Refused {
    return checked("recvmsg", (int) RECVMSG.call(state, socket, message, flags), state);
  }

  /** Begins to connect; a socket that does not wait is under way then. */
  public static void connect(int socket, MemorySegment address) throws Refused {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment state = arena.allocate(STATE);
      int result = CONNECT.call(state, socket, address, (int) address.byteSize());
      if (result < 0 && (int) ERRNO.get(state, 0L) != EINPROGRESS) {
        int _ = checked("connect", result, state);
      }
    }
  }

  public static void bind(int socket, MemorySegment address) throws Refused {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment state = arena.allocate(STATE);
      int _ = checked("bind", BIND.call(state, socket, address, (int) address.byteSize()), state);
    }
  }

  /**
   * Waits until something can be said of one of some sockets.
   *
   * @param sockets structs of pollfd, one after the other
   * @param millis at most
   * @return of how many something can be said; 0 as well when a signal ended the waiting
   */
  public static int poll(MemorySegment sockets, int count, int millis) throws Refused {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment state = arena.allocate(STATE);
      int ready = POLL.call(state, sockets, count, millis);
      return ready < 0 && (int) ERRNO.get(state, 0L) == EINTR ? 0 : checked("poll", ready, state);
    }
  }

  /** An option of the socket itself (SOL_SOCKET) that is a number. */
  public static int number(int socket, int name) throws Refused {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment state = arena.allocate(STATE);
      MemorySegment value = arena.allocate(INT);
      MemorySegment length = arena.allocateFrom(INT, Integer.BYTES);
      int _ = checked("getsockopt", ASK.call(state, socket, name, value, length), state);
      return value.get(INT, 0);
    }
  }

  private static int checked(String call, int result, MemorySegment state) throws Refused {
    if (result < 0) {
      throw new Refused(call, (int) ERRNO.get(state, 0L));
    }
    return result;
  }
}
