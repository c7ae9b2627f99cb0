package parallax.bench.compare.group;

/**
 * What the product made of something that broke.
 *
 * @param cause the kind of what broke, or {@link Trials#UNRELATED}
 * @param right whether the incident of most targets named what broke in the end
 * @param rightAtFirst whether it did when it was published
 * @param pages how many service incidents were published
 * @param hit how many targets were hit
 * @param missing how many of them are in no incident that was published
 * @param strangers how many targets were said to be hit and were not
 * @param glued whether one incident holds targets of two breakages
 * @param words all of it, for people who look into a mistake
 */
public record Trial(
    String cause,
    boolean right,
    boolean rightAtFirst,
    int pages,
    int hit,
    int missing,
    int strangers,
    boolean glued,
    String words) {}
