package parallax.coordinator.status.html;

import static parallax.coordinator.status.words.Xml.escaped;

import java.util.List;
import java.util.OptionalDouble;
import parallax.coordinator.status.model.Day;
import parallax.coordinator.status.model.Day.Level;
import parallax.coordinator.status.model.ServiceView;
import parallax.coordinator.status.words.Texts;
import parallax.coordinator.view.Window;

/**
 * The days of a service as bars. A day with trouble is lower and of another colour; what nobody
 * knows is grey, also where it is a part of a day.
 */
final class Bars {
  /** More days with trouble than this are not told in words. */
  static final int MAX_TOLD = 31;

  private static final int STEP = 8;
  private static final int WIDTH = 6;
  private static final int HEIGHT = 34;

  /** What shows of a share of a day at least. */
  private static final double LEAST = 0.15;

  /** Above this share a day is known. */
  private static final double WHOLE = 0.97;

  private final ServiceView service;
  private final Texts texts;

  Bars(ServiceView service, Texts texts) {
    this.service = service;
    this.texts = texts;
  }

  void write(StringBuilder html) {
    List<Day> days = service.days();
    OptionalDouble uptime = service.uptime(Window.QUARTER);
    String label =
        texts.of(
            "bars.label",
            service.name(),
            days.size(),
            count(Level.FINE),
            count(Level.SOME) + count(Level.BAD),
            count(Level.NONE),
            texts.percent(uptime));
    html.append("<svg class=\"bars\" role=\"img\" preserveAspectRatio=\"none\" viewBox=\"0 0 ")
        .append(STEP * days.size())
        .append(" " + HEIGHT + "\" aria-label=\"" + escaped(label) + "\">");
    for (int index = 0; index < days.size(); index++) {
      bar(html, days.get(index), STEP * index);
    }
    String known =
        uptime.isPresent()
            ? texts.of("bars.uptime", texts.percent(uptime), days.size())
            : texts.of("bars.none");
    html.append("</svg><div class=\"ends soft\"><span>")
        .append(escaped(texts.of("bars.first", days.size() - 1)))
        .append("</span><span>" + escaped(known) + "</span><span>")
        .append(escaped(texts.of("bars.last")) + "</span></div>");
    told(html, days);
  }

  private long count(Level level) {
    return service.days().stream().filter(day -> day.level() == level).count();
  }

  private void bar(StringBuilder html, Day day, int x) {
    String title = "<title>" + escaped(day.date() + ": " + words(day)) + "</title></rect>";
    boolean whole = day.knownShare() >= WHOLE;
    if (day.level() == Level.NONE || !whole) {
      rect(html, x, HEIGHT, 'n');
      html.append(title);
    }
    int full =
        switch (day.level()) {
          case NONE -> 0;
          case FINE -> HEIGHT;
          case SOME -> HEIGHT * 3 / 4;
          case BAD -> HEIGHT / 2;
        };
    if (full > 0) {
      double share = whole ? 1 : Math.max(LEAST, day.knownShare());
      rect(html, x, Math.max(1, Math.toIntExact(Math.round(full * share))), sign(day.level()));
      html.append(title);
    }
  }

  private static void rect(StringBuilder html, int x, int height, char sign) {
    html.append("<rect class=\"" + sign + "\" x=\"" + x + "\" y=\"" + (HEIGHT - height))
        .append("\" width=\"" + WIDTH + "\" height=\"" + height + "\">");
  }

  private static char sign(Level level) {
    return switch (level) {
      case NONE -> 'n';
      case FINE -> 'u';
      case SOME -> 's';
      case BAD -> 'b';
    };
  }

  private String words(Day day) {
    String said =
        switch (day.level()) {
          case NONE -> texts.of("bars.none");
          case FINE -> texts.of("bars.fine");
          case SOME, BAD -> texts.of("bars.down", texts.of(day.down()));
        };
    boolean partly = day.level() != Level.NONE && day.knownShare() < WHOLE;
    return partly
        ? texts.named(List.of(said, texts.of("bars.partly", texts.of(day.known()))))
        : said;
  }

  /** Days with trouble in words, for whoever does not see or point at bars. */
  private void told(StringBuilder html, List<Day> days) {
    List<Day> bad =
        days.reversed().stream()
            .filter(day -> day.level() == Level.SOME || day.level() == Level.BAD)
            .limit(MAX_TOLD)
            .toList();
    if (!bad.isEmpty()) {
      html.append("<details class=\"soft\"><summary>" + escaped(texts.of("bars.days")) + ": ")
          .append(bad.size())
          .append("</summary><ul>");
      for (Day day : bad) {
        html.append("<li><time datetime=\"" + day.date() + "\">" + day.date() + "</time>: ")
            .append(escaped(words(day)) + "</li>");
      }
      html.append("</ul></details>");
    }
  }
}
