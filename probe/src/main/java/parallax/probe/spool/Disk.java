package parallax.probe.spool;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.List;

/** The file system, as far as a spool asks for it. */
public interface Disk {
  /** Opens for reading and writing a file that must not be there yet. */
  FileChannel create(Path file) throws IOException;

  /** Opens for reading and writing a file that is there. */
  FileChannel open(Path file) throws IOException;

  /** The size of a file. */
  long bytes(Path file) throws IOException;

  void delete(Path file) throws IOException;

  /** The files of a folder, which is made when it is not there. */
  List<Path> list(Path folder) throws IOException;

  /** Makes names that were created or deleted in {@code folder} safe from a loss of power. */
  void syncNames(Path folder) throws IOException;

  /** Bytes that can still be written; 0 when that cannot be told. */
  long freeBytes(Path folder);
}
