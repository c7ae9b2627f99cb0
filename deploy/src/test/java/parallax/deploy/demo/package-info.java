@NullMarked
package parallax.deploy.demo;

import org.jspecify.annotations.NullMarked;
