@NullMarked
package parallax.deploy.mail;

import org.jspecify.annotations.NullMarked;
