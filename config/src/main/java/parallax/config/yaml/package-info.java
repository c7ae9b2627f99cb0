/** YAML files as trees that know where every value stands. Imports problem. */
@NullMarked
package parallax.config.yaml;

import org.jspecify.annotations.NullMarked;
