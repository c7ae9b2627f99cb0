/**
 * Certificates for servers that live as long as the demo: X.509 in DER, made with the JDK alone.
 */
@NullMarked
package parallax.deploy.demo.certificate;

import org.jspecify.annotations.NullMarked;
