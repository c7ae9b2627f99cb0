package parallax.config.read.publicpage;

import java.net.URI;
import java.util.Optional;
import parallax.config.bind.Kind;
import parallax.config.read.check.UrlKinds;

/** Where people find a page. */
public final class PageAddress {
  public static final Kind<URI> KIND =
      UrlKinds.webUrl()
          .then(
              (url, node, reading) ->
                  url.tail().indexOf('?') >= 0
                      ? reading.refuse(node.place(), "can't have a query; paths are put behind it")
                      : Optional.of(URI.create(url.toString())));

  private PageAddress() {}
}
