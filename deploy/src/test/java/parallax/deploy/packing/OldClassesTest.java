package parallax.deploy.packing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.lang.classfile.ClassFile;
import java.lang.reflect.Method;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** Classes of a library that is compiled for Java 5, as picocli is. */
final class OldClassesTest {
  @TempDir private Path folder;

  @Test
  void allAreWrittenAnewAndNoneIsRefusedByTheJvm() throws Exception {
    Path jar = picocli();
    assertThat(OldClasses.areIn(jar)).isTrue();
    Path copy = folder.resolve("copy.jar");
    PlainJar.copy(jar, copy, OldClasses::renewed);
    assertThat(OldClasses.areIn(copy)).isFalse();
    int classes = 0;
    try (JarFile read = new JarFile(copy.toFile())) {
      for (JarEntry entry : read.stream().filter(each -> isMain(each.getName())).toList()) {
        byte[] content = read.getInputStream(entry).readAllBytes();
        assertThat(ClassFile.of().verify(content)).as(entry.getName()).isEmpty();
        classes++;
      }
    }
    assertThat(classes).isGreaterThan(200);
  }

  @Test
  void theyDoWhatTheyDid() throws Exception {
    Path copy = folder.resolve("copy.jar");
    PlainJar.copy(picocli(), copy, OldClasses::renewed);
    try (URLClassLoader loader =
        new URLClassLoader(
            new URL[] {copy.toUri().toURL()}, ClassLoader.getPlatformClassLoader())) {
      Class<?> line = loader.loadClass(CommandLine.class.getName());
      assertThat(line).isNotEqualTo(CommandLine.class);
      Class<?> spec = loader.loadClass(CommandLine.Model.CommandSpec.class.getName());
      Object command = spec.getMethod("create").invoke(null);
      spec.getMethod("name", String.class).invoke(command, "renewed");
      Object made = line.getConstructor(Object.class).newInstance(command);
      Method usage = line.getMethod("getUsageMessage");
      assertThat(usage.invoke(made)).isEqualTo("Usage: renewed" + System.lineSeparator());
    }
  }

  @Test
  void whatIsNewerIsAsItWas() throws IOException {
    byte[] own;
    try (var in = OldClassesTest.class.getResourceAsStream("OldClassesTest.class")) {
      own = java.util.Objects.requireNonNull(in).readAllBytes();
    }
    assertThat(OldClasses.renewed(own)).isSameAs(own);
    byte[] text = {1, 2, 3};
    assertThat(OldClasses.renewed(text)).isSameAs(text);
  }

  @Test
  void aSignedJarIsLeftAlone() throws Exception {
    Path signed = folder.resolve("signed.jar");
    try (JarFile in = new JarFile(picocli().toFile());
        OutputStream file = Files.newOutputStream(signed);
        ZipOutputStream out = new ZipOutputStream(file)) {
      for (String name : List.of("picocli/CommandLine.class", "META-INF/MANIFEST.MF")) {
        out.putNextEntry(new ZipEntry(name));
        out.write(in.getInputStream(in.getEntry(name)).readAllBytes());
      }
      assertThat(OldClasses.areIn(picocli())).isTrue();
      out.putNextEntry(new ZipEntry("META-INF/SOMEBODY.SF"));
    }
    assertThat(OldClasses.areIn(signed)).isFalse();
  }

  private static boolean isMain(String name) {
    return name.startsWith("picocli/") && name.endsWith(".class");
  }

  private static Path picocli() throws URISyntaxException {
    URI jar = CommandLine.class.getProtectionDomain().getCodeSource().getLocation().toURI();
    return Path.of(jar);
  }
}
