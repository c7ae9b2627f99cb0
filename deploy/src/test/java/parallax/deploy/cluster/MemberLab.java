package parallax.deploy.cluster;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

/** Network namespaces on one bridge, one for each member and one for a stranger. Needs root. */
final class MemberLab implements AutoCloseable {
  static final int MEMBERS = 3;
  static final int STRANGER = MEMBERS;
  static final String CLUSTER = "3f9c2b71d05e48a6b1c7e2f4908d6a53";
  private static final int PORT = 5_701;

  private final String prefix = "plx" + ProcessHandle.current().pid() % 100_000;
  private final List<Member> members = new ArrayList<>();
  private final List<Process> others = new ArrayList<>();

  /** A member's process and all that it said. */
  record Member(int index, Process process, PrintWriter in, List<String> lines) {
    void say(String line) {
      in.println(line);
    }

    List<String> lines(String word) {
      return lines.stream().filter(line -> line.split(" ")[1].equals(word)).toList();
    }
  }

  /** A process of the stranger and all that it said. */
  record Stranger(Process process, List<String> lines) {}

  MemberLab() {
    assumeTrue(System.getProperty("user.name").equals("root"), "network namespaces need root");
    assumeTrue(ran("ip", "netns", "add", namespace(MEMBERS + 1)), "no network namespaces here");
    String hub = namespace(MEMBERS + 1);
    run("ip", "-n", hub, "link", "add", "br0", "type", "bridge");
    run("ip", "-n", hub, "link", "set", "br0", "up");
    for (int index = 0; index <= MEMBERS; index++) {
      String here = namespace(index);
      String port = "p" + index;
      run("ip", "netns", "add", here);
      run("ip", "-n", hub, "link", "add", port, "type", "veth", "peer", "eth0", "netns", here);
      run("ip", "-n", hub, "link", "set", port, "master", "br0", "up");
      run("ip", "-n", here, "addr", "add", address(index) + "/24", "dev", "eth0");
      run("ip", "-n", here, "link", "set", "eth0", "up");
      run("ip", "-n", here, "link", "set", "lo", "up");
    }
  }

  private String namespace(int index) {
    return prefix + "-" + index;
  }

  static String address(int index) {
    return "10.77.0." + (index + 1);
  }

  static String place(int index) {
    return address(index) + ":" + PORT;
  }

  Member start(int index) {
    return start(index, IntStream.range(0, MEMBERS).mapToObj(MemberLab::place).toList());
  }

  /**
   * The same.
   *
   * @param places where the members are, as {@link MemberMain} takes them
   */
  Member start(int index, List<String> places) {
    List<String> arguments = new ArrayList<>(List.of("m" + index, place(index)));
    arguments.addAll(places);
    Process process = java(index, MemberMain.class, arguments);
    PrintWriter in = new PrintWriter(process.getOutputStream(), true, StandardCharsets.UTF_8);
    in.println(CLUSTER);
    Member member = new Member(index, process, in, linesOf(process));
    members.add(member);
    return member;
  }

  /** Runs a class of this test in the stranger's namespace; its lines, as they come. */
  Stranger stranger(Class<?> main, String... arguments) {
    Process process = java(STRANGER, main, Arrays.asList(arguments));
    others.add(process);
    return new Stranger(process, linesOf(process));
  }

  /** What a member's machine goes by when it asks for names, from its next start on. */
  void resolver(int index, String text) {
    Path folder = settings(index);
    try {
      Files.createDirectories(folder);
      Files.writeString(folder.resolve("resolv.conf"), text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Path settings(int index) {
    return Path.of("/etc/netns", namespace(index));
  }

  /** What a command line begins with that runs where the stranger is. */
  List<String> entry() {
    return List.of("ip", "netns", "exec", namespace(STRANGER));
  }

  /** What a member logged. */
  static String log(int index) {
    try {
      return Files.readString(logFile(index));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Path logFile(int index) {
    return Path.of("target", "member-" + index + ".log");
  }

  private Process java(int index, Class<?> main, List<String> arguments) {
    List<String> command = new ArrayList<>(List.of("ip", "netns", "exec", namespace(index)));
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-Xmx256m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
    command.addAll(arguments);
    try {
      return new ProcessBuilder(command).redirectError(logFile(index).toFile()).start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<String> linesOf(Process process) {
    List<String> lines = new CopyOnWriteArrayList<>();
    Thread.ofVirtual()
        .start(() -> process.inputReader().lines().filter(MemberLab::isOurs).forEach(lines::add));
    return lines;
  }

  private static boolean isOurs(String line) {
    return line.matches("\\d+ .+");
  }

  /** Drops what comes from {@code from} to {@code to}. */
  void cut(int from, int to) {
    String there = namespace(to);
    run("ip", "netns", "exec", there, "nft", "add table inet cut");
    run(
        "ip",
        "netns",
        "exec",
        there,
        "nft",
        "add chain inet cut in { type filter hook input priority 0 ; }");
    run(
        "ip",
        "netns",
        "exec",
        there,
        "nft",
        "add rule inet cut in ip saddr " + address(from) + " drop");
  }

  /** Ends all cuts. */
  void heal() {
    for (int index = 0; index < MEMBERS; index++) {
      ran("ip", "netns", "exec", namespace(index), "nft", "delete table inet cut");
    }
  }

  /** Sends a signal, such as {@code STOP}, to the member's own process. */
  static void signal(Member member, String signal) {
    // "ip netns exec" becomes the program that it starts, so the process is the member's.
    run("kill", "-" + signal, Long.toString(member.process().pid()));
  }

  private static void run(String... command) {
    if (!ran(command)) {
      throw new AssertionError("failed: " + String.join(" ", command));
    }
  }

  private static boolean ran(String... command) {
    try {
      Process process =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start();
      return process.waitFor(20, TimeUnit.SECONDS) && process.exitValue() == 0;
    } catch (IOException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  List<Member> members() {
    return members;
  }

  @Override
  public void close() {
    members.forEach(member -> member.process().destroyForcibly());
    others.forEach(Process::destroyForcibly);
    for (int index = 0; index <= MEMBERS + 1; index++) {
      ran("ip", "netns", "del", namespace(index));
      forget(settings(index));
    }
  }

  private static void forget(Path settings) {
    try {
      Files.deleteIfExists(settings.resolve("resolv.conf"));
      Files.deleteIfExists(settings);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
