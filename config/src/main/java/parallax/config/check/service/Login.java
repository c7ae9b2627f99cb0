package parallax.config.check.service;

import parallax.config.secret.Secret;

/**
 * Who a check says it is.
 *
 * @param user empty where the service knows only a password
 */
public record Login(String user, Secret password) {}
