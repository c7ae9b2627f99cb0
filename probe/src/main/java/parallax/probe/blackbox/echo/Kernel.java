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

  private static final MethodHandle SOCKET =
      function("socket", FunctionDescriptor.of(INT, INT, INT, INT));
  private static final MethodHandle CLOSE = function("close", FunctionDescriptor.of(INT, INT));
  private static final MethodHandle SETSOCKOPT =
      function("setsockopt", FunctionDescriptor.of(INT, INT, INT, INT, ValueLayout.ADDRESS, INT));
  private static final MethodHandle BIND =
      function("bind", FunctionDescriptor.of(INT, INT, ValueLayout.ADDRESS, INT));
  private static final MethodHandle SENDTO =
      function(
          "sendto",
          FunctionDescriptor.of(
              LONG, INT, ValueLayout.ADDRESS, LONG, INT, ValueLayout.ADDRESS, INT));
  private static final MethodHandle RECVMSG =
      function("recvmsg", FunctionDescriptor.of(LONG, INT, ValueLayout.ADDRESS, INT));

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
  private static MethodHandle function(String name, FunctionDescriptor descriptor) {
    return LINKER.downcallHandle(
        LINKER.defaultLookup().findOrThrow(name),
        descriptor,
        Linker.Option.captureCallState("errno"));
  }

  static int socket(int family, int type, int protocol) throws Refused {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment state = arena.allocate(STATE);
      return checked("socket", (int) SOCKET.invokeExact(state, family, type, protocol), state);
    } catch (Refused refused) {
      throw refused;
    } catch (Throwable broken) {
      throw impossible(broken);
    }
  }

  static void close(int socket) {
    try (Arena arena = Arena.ofConfined()) {
      int _ = (int) CLOSE.invokeExact(arena.allocate(STATE), socket);
    } catch (Throwable broken) {
      throw impossible(broken);
    }
  }

  /** An option: a number, or a struct that is laid out already. */
  static void option(int socket, int level, int name, MemorySegment value) throws Refused {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment state = arena.allocate(STATE);
      int done =
          (int) SETSOCKOPT.invokeExact(state, socket, level, name, value, (int) value.byteSize());
      int _ = checked("setsockopt", done, state);
    } catch (Refused refused) {
      throw refused;
    } catch (Throwable broken) {
      throw impossible(broken);
    }
  }

  static void bind(int socket, MemorySegment address) throws Refused {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment state = arena.allocate(STATE);
      int _ =
          checked(
              "bind",
              (int) BIND.invokeExact(state, socket, address, (int) address.byteSize()),
              state);
    } catch (Refused refused) {
      throw refused;
    } catch (Throwable broken) {
      throw impossible(broken);
    }
  }

  static void send(int socket, MemorySegment packet, MemorySegment to) throws Refused {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment state = arena.allocate(STATE);
      long sent =
          (long)
              SENDTO.invokeExact(
                  state, socket, packet, packet.byteSize(), 0, to, (int) to.byteSize());
      int _ = checked("sendto", (int) sent, state);
    } catch (Refused refused) {
      throw refused;
    } catch (Throwable broken) {
      throw impossible(broken);
    }
  }

  /** Bytes received; waits as long as the socket's option says. */
  static int receive(int socket, MemorySegment message) throws Refused {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment state = arena.allocate(STATE);
      return checked("recvmsg", (int) (long) RECVMSG.invokeExact(state, socket, message, 0), state);
    } catch (Refused refused) {
      throw refused;
    } catch (Throwable broken) {
      throw impossible(broken);
    }
  }

  private static int checked(String call, int result, MemorySegment state) throws Refused {
    if (result < 0) {
      throw new Refused(call, (int) ERRNO.get(state, 0L));
    }
    return result;
  }

  private static IllegalStateException impossible(Throwable broken) {
    return new IllegalStateException("a call of the C library", broken);
  }
}
