package parallax.coordinator.cluster.grid;

import java.util.List;

/**
 * The only classes that Java's own serialization may make here: exceptions of an operation on
 * another member arrive in that form, everything else is Compact. None of them does anything when
 * it is read.
 */
final class JavaClasses {
  static final List<String> NEEDED =
      List.of(
          "java.lang.Throwable",
          "java.lang.Exception",
          "java.lang.RuntimeException",
          "java.lang.IllegalArgumentException",
          "java.lang.IllegalStateException",
          "java.lang.UnsupportedOperationException",
          "java.lang.NullPointerException",
          "java.lang.ClassCastException",
          "java.lang.StackTraceElement",
          "[Ljava.lang.StackTraceElement;",
          "java.util.ArrayList",
          "java.util.Collections$EmptyList",
          "java.util.Collections$UnmodifiableList",
          "java.util.Collections$UnmodifiableCollection",
          "com.hazelcast.core.HazelcastException",
          "com.hazelcast.core.HazelcastInstanceNotActiveException",
          "com.hazelcast.core.IndeterminateOperationStateException",
          "com.hazelcast.core.MemberLeftException",
          "com.hazelcast.core.OperationTimeoutException",
          "com.hazelcast.nio.serialization.HazelcastSerializationException",
          "com.hazelcast.spi.exception.CallerNotMemberException",
          "com.hazelcast.spi.exception.PartitionMigratingException",
          "com.hazelcast.spi.exception.RetryableHazelcastException",
          "com.hazelcast.spi.exception.RetryableIOException",
          "com.hazelcast.spi.exception.TargetDisconnectedException",
          "com.hazelcast.spi.exception.TargetNotMemberException",
          "com.hazelcast.spi.exception.WrongTargetException",
          "com.hazelcast.splitbrainprotection.SplitBrainProtectionException");

  /** The same, in the form of the JVM's filter, which judges arrays by what is in them. */
  static final List<String> NEEDED_BY_PATTERN =
      NEEDED.stream().filter(name -> !name.startsWith("[")).toList();

  private JavaClasses() {}
}
