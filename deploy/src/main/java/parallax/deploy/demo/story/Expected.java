package parallax.deploy.demo.story;

import java.time.Duration;
import java.util.List;

/**
 * What Parallax has to say, in the words of its API.
 *
 * @param targets those of the incident, exactly; none: it is about our own side
 * @param scope as {@code GLOBAL}
 * @param layers that may be the first to break
 * @param culprit as {@code asn:32934}
 * @param rings whether somebody is called
 * @param within how long it may take, machines that are busy with other things included
 */
public record Expected(
    List<String> targets,
    String scope,
    List<String> layers,
    String culprit,
    boolean rings,
    Duration within) {}
