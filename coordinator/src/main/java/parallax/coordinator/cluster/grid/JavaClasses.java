package parallax.coordinator.cluster.grid;

import java.util.List;
import java.util.stream.Stream;

/**
 * The only classes that Java's own serialization may make here: exceptions of an operation on
 * another member arrive in that form, everything else is Compact. None of them does anything when
 * it is read, but that {@code MemberLeftException} makes an address of what it holds.
 *
 * <p>One that is missing here is worse than an error: the answer cannot be read, so whoever waits
 * for it waits until the operation runs out of time, instead of trying again at once.
 */
final class JavaClasses {
  /** What a stack trace and what was suppressed consist of. */
  private static final List<String> PARTS =
      List.of(
          "java.lang.Throwable",
          "java.lang.StackTraceElement",
          "[Ljava.lang.StackTraceElement;",
          "java.util.ArrayList",
          "java.util.Collections$EmptyList",
          "java.util.Collections$UnmodifiableList",
          "java.util.Collections$UnmodifiableCollection");

  private static final List<String> OF_JAVA =
      List.of(
          "java.io.EOFException",
          "java.io.IOException",
          "java.io.UTFDataFormatException",
          "java.lang.ArithmeticException",
          "java.lang.ArrayIndexOutOfBoundsException",
          "java.lang.AssertionError",
          "java.lang.ClassCastException",
          "java.lang.ClassNotFoundException",
          "java.lang.Error",
          "java.lang.Exception",
          "java.lang.IllegalArgumentException",
          "java.lang.IllegalMonitorStateException",
          "java.lang.IllegalStateException",
          "java.lang.IndexOutOfBoundsException",
          "java.lang.InterruptedException",
          "java.lang.LinkageError",
          "java.lang.NegativeArraySizeException",
          "java.lang.NoClassDefFoundError",
          "java.lang.NullPointerException",
          "java.lang.NumberFormatException",
          "java.lang.OutOfMemoryError",
          "java.lang.ReflectiveOperationException",
          "java.lang.RuntimeException",
          "java.lang.SecurityException",
          "java.lang.StackOverflowError",
          "java.lang.UnsupportedOperationException",
          "java.lang.VirtualMachineError",
          "java.util.ConcurrentModificationException",
          "java.util.NoSuchElementException",
          "java.util.concurrent.CancellationException",
          "java.util.concurrent.CompletionException",
          "java.util.concurrent.ExecutionException",
          "java.util.concurrent.RejectedExecutionException",
          "java.util.concurrent.TimeoutException");

  /** All of the packages that a coordinator's members meet each other in. */
  private static final List<String> OF_HAZELCAST =
      List.of(
          "com.hazelcast.core.ConsistencyLostException",
          "com.hazelcast.core.HazelcastException",
          "com.hazelcast.core.HazelcastInstanceNotActiveException",
          "com.hazelcast.core.HazelcastOverloadException",
          "com.hazelcast.core.IndeterminateOperationStateException",
          "com.hazelcast.core.LocalMemberResetException",
          "com.hazelcast.core.MemberLeftException",
          "com.hazelcast.core.OperationTimeoutException",
          "com.hazelcast.core.RuntimeInterruptedException",
          "com.hazelcast.internal.cluster.impl.ClusterTopologyChangedException",
          "com.hazelcast.internal.cluster.impl.ConfigMismatchException",
          "com.hazelcast.internal.cluster.impl.MasterNodeChangedException",
          "com.hazelcast.internal.cluster.impl.VersionMismatchException",
          "com.hazelcast.internal.partition.PartitionStateVersionMismatchException",
          "com.hazelcast.map.QueryResultSizeExceededException",
          "com.hazelcast.map.ReachedMaxSizeException",
          "com.hazelcast.map.impl.operation.EntryOffloadableLockMismatchException",
          "com.hazelcast.map.impl.operation.MapFetchIndexOperation$MissingPartitionException",
          "com.hazelcast.nio.serialization.HazelcastSerializationException",
          "com.hazelcast.partition.NoDataMemberInClusterException",
          "com.hazelcast.query.QueryException",
          "com.hazelcast.replicatedmap.ReplicatedMapCantBeCreatedOnLiteMemberException",
          "com.hazelcast.ringbuffer.StaleSequenceException",
          "com.hazelcast.spi.exception.CallerNotMemberException",
          "com.hazelcast.spi.exception.DistributedObjectDestroyedException",
          "com.hazelcast.spi.exception.NoCredentialsException",
          "com.hazelcast.spi.exception.PartitionMigratingException",
          "com.hazelcast.spi.exception.ResponseAlreadySentException",
          "com.hazelcast.spi.exception.RestClientException",
          "com.hazelcast.spi.exception.RetryableHazelcastException",
          "com.hazelcast.spi.exception.RetryableIOException",
          "com.hazelcast.spi.exception.ServiceNotFoundException",
          "com.hazelcast.spi.exception.TargetDisconnectedException",
          "com.hazelcast.spi.exception.TargetNotMemberException",
          "com.hazelcast.spi.exception.WrongTargetException",
          "com.hazelcast.splitbrainprotection.SplitBrainProtectionException",
          "com.hazelcast.topic.TopicOverloadException");

  static final List<String> NEEDED =
      Stream.of(PARTS, OF_JAVA, OF_HAZELCAST).flatMap(List::stream).toList();

  /** The same, in the form of the JVM's filter, which judges arrays by what is in them. */
  static final List<String> NEEDED_BY_PATTERN =
      NEEDED.stream().filter(name -> !name.startsWith("[")).toList();

  private JavaClasses() {}
}
