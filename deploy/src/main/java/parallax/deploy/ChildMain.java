package parallax.deploy;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/**
 * Any command, as a child of another process: it ends when its standard input does, as when its
 * parent is no more, however that ended.
 */
public final class ChildMain {
  private ChildMain() {}

  static void main(String[] arguments) {
    Thread.ofPlatform().daemon().name("parallax-parent").start(() -> endWith(System.in));
    ParallaxMain.main(arguments);
  }

  private static void endWith(InputStream parent) {
    try {
      parent.transferTo(OutputStream.nullOutputStream());
    } catch (IOException e) {
      System.err.println("parallax: the way to the parent is broken: " + e.getMessage());
    }
    System.exit(0);
  }
}
