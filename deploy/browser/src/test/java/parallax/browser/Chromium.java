package parallax.browser;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Debian's Chromium, without a window. */
final class Chromium implements AutoCloseable {
  static final Path PROGRAM = Path.of("/usr/bin/chromium");
  static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final Duration STEP = Duration.ofMillis(50);

  /** Notes what a script of somebody else would do, and what the policy of a page kept away. */
  private static final String WATCH =
      """
      window.ran = [];
      window.refused = [];
      for (const name of ["alert", "confirm", "prompt", "print", "open"]) {
        window[name] = (...all) => { window.ran.push(name + " " + all.join(" ")); return null; };
      }
      document.addEventListener("securitypolicyviolation",
          event => window.refused.push(event.violatedDirective + " " + event.blockedURI));
      """;

  private final Playwright playwright;
  private final Browser browser;

  private Chromium(Playwright playwright, Browser browser) {
    this.playwright = playwright;
    this.browser = browser;
  }

  /** Starts one; where there is none the test is left out. */
  static Chromium start() {
    assumeTrue(Files.isExecutable(PROGRAM), "no " + PROGRAM + ": Debian's package chromium");
    Playwright playwright =
        Playwright.create(
            new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
    Browser browser =
        playwright
            .chromium()
            .launch(
                new BrowserType.LaunchOptions()
                    .setExecutablePath(PROGRAM)
                    // As root it starts only without its sandbox; all that it sees is our own.
                    .setArgs(List.of("--no-sandbox", "--disable-gpu"))
                    .setTimeout((double) PATIENCE.toMillis()));
    return new Chromium(playwright, browser);
  }

  /** How most people read. */
  static Browser.NewContextOptions usual() {
    return new Browser.NewContextOptions()
        .setViewportSize(1280, 900)
        .setLocale("en-GB")
        .setTimezoneId("UTC");
  }

  /** A tab that reads pages of one server and complains of what should not be. */
  Tab tab(URI home, Browser.NewContextOptions options) {
    BrowserContext context = browser.newContext(options);
    context.setDefaultTimeout((double) PATIENCE.toMillis());
    context.addInitScript(WATCH);
    return new Tab(context, context.newPage(), home);
  }

  Tab tab(URI home) {
    return tab(home, usual());
  }

  @Override
  public void close() {
    browser.close();
    playwright.close();
  }

  /** One tab, and what was wrong in it. */
  static final class Tab implements AutoCloseable {
    private final BrowserContext context;
    private final Page page;
    private final URI home;
    private final List<String> complaints = new ArrayList<>();

    private Tab(BrowserContext context, Page page, URI home) {
      this.context = context;
      this.page = page;
      this.home = home;
      page.onConsoleMessage(
          message -> {
            if (List.of("error", "warning").contains(message.type())) {
              complaints.add("console: " + message.text() + " at " + message.location());
            }
          });
      page.onPageError(error -> complaints.add("error: " + error));
      page.onDialog(
          dialog -> {
            complaints.add("dialog: " + dialog.message());
            dialog.dismiss();
          });
      page.onRequest(
          request -> {
            if (!request.url().startsWith(home.toString())) {
              complaints.add("asks elsewhere: " + request.url());
            }
          });
      page.onResponse(
          answer -> {
            if (answer.status() >= 400) {
              complaints.add(answer.status() + " for " + answer.url());
            }
          });
    }

    Page page() {
      return page;
    }

    /** Goes to a path, and returns when all of it is there. */
    Page open(String path) {
      page.navigate(home.resolve(path).toString());
      return page;
    }

    /** What was wrong so far, with what ran that should not, and what the policy kept away. */
    List<String> complaints() {
      List<String> all = new ArrayList<>(complaints);
      all.addAll(texts("window.ran || []"));
      all.addAll(texts("window.refused || []"));
      return all;
    }

    /** The texts of a list that a script makes. */
    List<String> texts(String script) {
      List<String> texts = new ArrayList<>();
      if (page.evaluate(script) instanceof List<?> found) {
        found.forEach(each -> texts.add(String.valueOf(each)));
      }
      return texts;
    }

    /** Whether a script says so. */
    boolean is(String script) {
      return Boolean.TRUE.equals(page.evaluate(script));
    }

    /** Waits until a script says so; by asking, for the policy of pages allows no other way. */
    void until(String script) {
      until(script, PATIENCE);
    }

    /** The same, for longer. */
    void until(String script, Duration atMost) {
      long asked = atMost.dividedBy(STEP);
      while (!is(script)) {
        if (asked-- == 0) {
          throw new AssertionError("not within " + atMost + ": " + script + complaints());
        }
        page.waitForTimeout((double) STEP.toMillis());
      }
    }

    @Override
    public void close() {
      context.close();
    }
  }
}
