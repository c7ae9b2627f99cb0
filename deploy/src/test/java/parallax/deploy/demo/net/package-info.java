@NullMarked
package parallax.deploy.demo.net;

import org.jspecify.annotations.NullMarked;
