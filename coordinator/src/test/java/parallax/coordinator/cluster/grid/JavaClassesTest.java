package parallax.coordinator.cluster.grid;

import static org.assertj.core.api.Assertions.assertThat;

import com.hazelcast.core.Hazelcast;
import java.io.File;
import java.io.Serializable;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import java.util.jar.JarFile;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

final class JavaClassesTest {
  /** Where members meet each other; the rest is of services that are switched off. */
  private static final Pattern PACKAGES =
      Pattern.compile(
          "com/hazelcast/(core|map|partition|query|replicatedmap|ringbuffer|spi/exception"
              + "|splitbrainprotection|topic|internal/cluster/impl|internal/partition"
              + "|map/impl/operation|nio/serialization)/[^/]+[.]class");

  /** Hooks of Java's serialization by which reading an object may do something. */
  private static final Set<String> HOOKS = Set.of("readObject", "readResolve", "readExternal");

  /** Says which member left, by an address it makes of a name and a port. */
  private static final String KNOWN = "com.hazelcast.core.MemberLeftException";

  @Test
  void everyExceptionThatAnotherMemberMaySendCanBeRead() throws Exception {
    Set<String> missing = new TreeSet<>(exceptions());
    assertThat(missing).hasSizeGreaterThan(30);
    missing.removeAll(Set.copyOf(JavaClasses.NEEDED));
    assertThat(missing).isEmpty();
  }

  @Test
  void allAreThereAndNoneOfHazelcastDoesAnythingWhenItIsRead() throws Exception {
    for (String name : JavaClasses.NEEDED) {
      Class<?> type = Class.forName(name, false, getClass().getClassLoader());
      assertThat(Serializable.class.isAssignableFrom(type) || type.isArray()).as(name).isTrue();
      if (name.startsWith("com.hazelcast.") && !name.equals(KNOWN)) {
        assertThat(type).isAssignableTo(Throwable.class);
        assertThat(Arrays.stream(type.getDeclaredMethods()).map(Method::getName))
            .as(name)
            .doesNotContainAnyElementsOf(HOOKS);
      }
    }
  }

  private Set<String> exceptions() throws Exception {
    File jar =
        new File(Hazelcast.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    try (JarFile file = new JarFile(jar)) {
      return file.stream()
          .map(entry -> entry.getName())
          .filter(name -> PACKAGES.matcher(name).matches())
          .map(name -> name.substring(0, name.length() - ".class".length()).replace('/', '.'))
          .filter(this::isThrown)
          .collect(Collectors.toSet());
    }
  }

  private boolean isThrown(String name) {
    try {
      Class<?> type = Class.forName(name, false, getClass().getClassLoader());
      return Throwable.class.isAssignableFrom(type) && !Modifier.isAbstract(type.getModifiers());
    } catch (ClassNotFoundException | LinkageError e) {
      return false;
    }
  }
}
