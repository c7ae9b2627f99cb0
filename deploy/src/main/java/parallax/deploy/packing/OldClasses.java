package parallax.deploy.packing;

import java.io.IOException;
import java.io.InputStream;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassFile.StackMapsOption;
import java.lang.classfile.ClassFileVersion;
import java.lang.classfile.ClassTransform;
import java.lang.classfile.CodeTransform;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Enumeration;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/**
 * Classes that were compiled for Java 5 or before. The JVM verifies them by inferring types (JVMS
 * 4.10.2), which takes long, and each time anew: it keeps none of them in an AOT cache. So they are
 * written anew with the maps of types that came with Java 6 (JVMS 4.7.4), and do what they did.
 */
final class OldClasses {
  private static final int MAGIC = 0xcafebabe;

  /** Magic, minor and major version (JVMS 4.1). */
  private static final int HEAD_BYTES = 8;

  private OldClasses() {}

  /** Whether there are some in a jar; a signed one may not be changed, and has none here. */
  static boolean areIn(Path jar) throws IOException {
    boolean found = false;
    try (ZipFile zip = new ZipFile(jar.toFile())) {
      for (Enumeration<? extends ZipEntry> all = zip.entries(); all.hasMoreElements(); ) {
        ZipEntry entry = all.nextElement();
        if (entry.getName().startsWith("META-INF/") && entry.getName().endsWith(".SF")) {
          return false;
        }
        try (InputStream content = zip.getInputStream(entry)) {
          found |= isOld(content.readNBytes(HEAD_BYTES));
        }
      }
    }
    return found;
  }

  private static boolean isOld(byte[] content) {
    if (content.length < HEAD_BYTES) {
      return false;
    }
    ByteBuffer head = ByteBuffer.wrap(content);
    return head.getInt() == MAGIC && (head.getInt() & 0xffff) < ClassFile.JAVA_6_VERSION;
  }

  /**
   * An old class written anew for Java 8, the oldest that libraries are made for today; anything
   * else as it was, and also a class of which it needs to know others that are not there.
   */
  static byte[] renewed(byte[] content) {
    if (!isOld(content)) {
      return content;
    }
    ClassFile file = ClassFile.of(StackMapsOption.GENERATE_STACK_MAPS);
    ClassTransform newer =
        (builder, element) -> {
          switch (element) {
            case ClassFileVersion _ -> builder.withVersion(ClassFile.JAVA_8_VERSION, 0);
            default -> builder.with(element);
          }
        };
    try {
      return file.transformClass(
          file.parse(content),
          newer.andThen(ClassTransform.transformingMethodBodies(CodeTransform.ACCEPT_ALL)));
    } catch (IllegalArgumentException unknown) {
      return content;
    }
  }
}
