package parallax.probe.registration.date;

import java.time.ZoneId;

/**
 * What is known of a registry's dates before reading one.
 *
 * @param order of numbers in dates such as 03/02/2020
 * @param zone whose calendar days these are, where a date names none itself
 */
public record DateContext(DateOrder order, ZoneId zone) {}
