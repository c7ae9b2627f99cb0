package parallax.probe.blackbox.echo;

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

/** The few calls of the C library that an echo needs, on 64-bit Linux. */
final class Kernel {
  /** Errors of errno(3). */
  static final int EPERM = 1;

  static final int EINTR = 4;
  static final int EAGAIN = 11;
  static final int EACCES = 13;

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
  private static final OptionCall OPTION_OF_TIME = option(2 * Long.BYTES);
  private static final AddressCall BIND =
      proxy(
          AddressCall.class,
          handle("bind", FunctionDescriptor.of(INT, INT, ValueLayout.ADDRESS, INT)));
  private static final AddressCall CONNECT =
      proxy(
          AddressCall.class,
          handle("connect", FunctionDescriptor.of(INT, INT, ValueLayout.ADDRESS, INT)));
  private static final SendCall SEND =
      proxy(
          SendCall.class,
          handle("send", FunctionDescriptor.of(LONG, INT, ValueLayout.ADDRESS, LONG, INT)));
  private static final ReceiveCall RECVMSG =
      proxy(
          ReceiveCall.class,
          handle("recvmsg", FunctionDescriptor.of(LONG, INT, ValueLayout.ADDRESS, INT)));

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

  /** bind(2), connect(2). */
  public interface AddressCall {
    int call(MemorySegment state, int socket, MemorySegment address, int length);
  }

  /** send(2). */
  public interface SendCall {
    long call(MemorySegment state, int socket, MemorySegment packet, long length, int flags);
  }

  /** recvmsg(2). */
  public interface ReceiveCall {
    long call(MemorySegment state, int socket, MemorySegment message, int flags);
  }

  private Kernel() {}

  /** A call that did not work. */
  static final class Refused extends IOException {
    private static final long serialVersionUID = 1;

    private final int errno;

    Refused(String call, int errno) {
      super(call + ": errno " + errno);
      this.errno = errno;
    }

    int errno() {
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

  private static OptionCall option(int length) {
    MethodHandle whole =
        handle("setsockopt", FunctionDescriptor.of(INT, INT, INT, INT, ValueLayout.ADDRESS, INT));
    int last = whole.type().parameterCount() - 1;
    return proxy(OptionCall.class, MethodHandles.insertArguments(whole, last, length));
  }

  static int socket(int family, int type, int protocol) throws Refused {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment state = arena.allocate(STATE);
      return checked("socket", SOCKET.call(state, family, type, protocol), state);
    }
  }

  static void close(int socket) {
    try (Arena arena = Arena.ofConfined()) {
      int _ = CLOSE.call(arena.allocate(STATE), socket);
    }
  }

  /** An option: an int or a struct of two longs, laid out already. */
  static void option(int socket, int level, int name, MemorySegment value) throws Refused {
    OptionCall call = value.byteSize() == Integer.BYTES ? OPTION_OF_INT : OPTION_OF_TIME;
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment state = arena.allocate(STATE);
      int _ = checked("setsockopt", call.call(state, socket, level, name, value), state);
    }
  }

  static void bind(int socket, MemorySegment address) throws Refused {
    withAddress("bind", BIND, socket, address);
  }

  static void connect(int socket, MemorySegment address) throws Refused {
    withAddress("connect", CONNECT, socket, address);
  }

  private static void withAddress(String name, AddressCall call, int socket, MemorySegment address)
      throws Refused {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment state = arena.allocate(STATE);
      int length = Math.toIntExact(address.byteSize());
      int _ = checked(name, call.call(state, socket, address, length), state);
    }
  }

  /** Room for what a call says about its failure. */
  static MemorySegment state(Arena arena) {
    return arena.allocate(STATE);
  }

  /**
   * Sends over a connected socket.
   *
   * @param state made beforehand, for nothing else may take time here
   */
  static void send(int socket, MemorySegment packet, MemorySegment state) throws Refused {
    long sent = SEND.call(state, socket, packet, packet.byteSize(), 0);
    int _ = checked("send", Math.toIntExact(sent), state);
  }

  /** Bytes received; waits as long as the socket's option says. */
  static int receive(int socket, MemorySegment message) throws Refused {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment state = arena.allocate(STATE);
      return checked("recvmsg", Math.toIntExact(RECVMSG.call(state, socket, message, 0)), state);
    }
  }

  private static int checked(String call, int result, MemorySegment state) throws Refused {
    if (result < 0) {
      throw new Refused(call, (int) ERRNO.get(state, 0L));
    }
    return result;
  }
}
