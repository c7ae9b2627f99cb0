package parallax.config.bind;

import parallax.config.problem.Place;

/** A value and where it stands. */
public record Located<T>(Place place, T value) {}
