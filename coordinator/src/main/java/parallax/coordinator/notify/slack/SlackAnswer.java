package parallax.coordinator.notify.slack;

import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import parallax.coordinator.notify.carrier.Sent;
import parallax.coordinator.notify.slack.SlackHttp.Answer;

/**
 * What an answer of Slack means. Errors go by their documented names; the name of one that is not
 * known here is not repeated, since it is a text of somebody else.
 */
sealed interface SlackAnswer {
  /** Said yes to a method of the API. */
  record Ok(Optional<SlackThread> message) implements SlackAnswer {}

  /** It is not to be, now or at all. */
  record No(Sent sent) implements SlackAnswer {}

  /** The message that was to be changed, or answered, is not there, or not ours. */
  record Gone() implements SlackAnswer {}

  /** The message is there, and may not be changed any more. */
  record Frozen() implements SlackAnswer {}

  /** The same was accepted before, and its message is not there any more. */
  record AcceptedBefore() implements SlackAnswer {}

  /** Slack cannot make anything of our blocks; a bare text it may take. */
  record Unreadable() implements SlackAnswer {}

  /** What an error of the API means. */
  enum Meaning {
    NEVER,
    NOT_NOW,
    GONE,
    FROZEN,
    ACCEPTED_BEFORE,
    UNREADABLE
  }

  /** Errors by name, of {@code chat.postMessage}, {@code chat.update} and of all methods. */
  Map<String, Meaning> ERRORS =
      Map.ofEntries(
          Map.entry("access_denied", Meaning.NEVER),
          Map.entry("account_inactive", Meaning.NEVER),
          Map.entry("channel_is_archived", Meaning.NEVER),
          Map.entry("channel_not_found", Meaning.NEVER),
          Map.entry("channel_type_not_supported", Meaning.NEVER),
          Map.entry("deprecated_endpoint", Meaning.NEVER),
          Map.entry("ekm_access_denied", Meaning.NEVER),
          Map.entry("enterprise_is_restricted", Meaning.NEVER),
          Map.entry("invalid_arguments", Meaning.NEVER),
          Map.entry("invalid_attachments", Meaning.UNREADABLE),
          Map.entry("invalid_auth", Meaning.NEVER),
          Map.entry("invalid_blocks", Meaning.UNREADABLE),
          Map.entry("invalid_payload", Meaning.UNREADABLE),
          Map.entry("invalid_blocks_format", Meaning.UNREADABLE),
          Map.entry("is_archived", Meaning.NEVER),
          Map.entry("method_deprecated", Meaning.NEVER),
          Map.entry("missing_scope", Meaning.NEVER),
          Map.entry("msg_blocks_too_long", Meaning.UNREADABLE),
          Map.entry("msg_too_long", Meaning.UNREADABLE),
          Map.entry("no_permission", Meaning.NEVER),
          Map.entry("no_text", Meaning.NEVER),
          Map.entry("not_allowed_token_type", Meaning.NEVER),
          Map.entry("not_authed", Meaning.NEVER),
          Map.entry("not_in_channel", Meaning.NEVER),
          Map.entry("org_login_required", Meaning.NEVER),
          Map.entry("restricted_action", Meaning.NEVER),
          Map.entry("restricted_action_non_threadable_channel", Meaning.NEVER),
          Map.entry("restricted_action_read_only_channel", Meaning.NEVER),
          Map.entry("restricted_action_thread_locked", Meaning.NEVER),
          Map.entry("restricted_action_thread_only_channel", Meaning.NEVER),
          Map.entry("team_access_not_granted", Meaning.NEVER),
          Map.entry("team_not_found", Meaning.NEVER),
          Map.entry("token_expired", Meaning.NEVER),
          Map.entry("token_revoked", Meaning.NEVER),
          Map.entry("too_many_attachments", Meaning.UNREADABLE),
          Map.entry("accesslimited", Meaning.NOT_NOW),
          Map.entry("fatal_error", Meaning.NOT_NOW),
          Map.entry("internal_error", Meaning.NOT_NOW),
          Map.entry("message_limit_exceeded", Meaning.NOT_NOW),
          Map.entry("rate_limited", Meaning.NOT_NOW),
          Map.entry("ratelimited", Meaning.NOT_NOW),
          Map.entry("request_timeout", Meaning.NOT_NOW),
          Map.entry("service_unavailable", Meaning.NOT_NOW),
          Map.entry("team_added_to_org", Meaning.NOT_NOW),
          Map.entry("update_failed", Meaning.NOT_NOW),
          Map.entry("cant_update_message", Meaning.GONE),
          Map.entry("message_not_found", Meaning.GONE),
          Map.entry("thread_not_found", Meaning.GONE),
          Map.entry("edit_window_closed", Meaning.FROZEN),
          Map.entry("duplicate_channel_not_found", Meaning.ACCEPTED_BEFORE),
          Map.entry("duplicate_message_not_found", Meaning.ACCEPTED_BEFORE));

  /** What incoming webhooks say, as plain text; their status tells what it means. */
  Set<String> WEBHOOK_ERRORS =
      Set.of(
          "action_prohibited",
          "channel_is_archived",
          "channel_not_found",
          "invalid_blocks",
          "invalid_payload",
          "invalid_token",
          "no_service",
          "no_service_id",
          "no_team",
          "no_text",
          "posting_to_general_channel_denied",
          "rollup_error",
          "team_disabled",
          "too_many_attachments",
          "user_not_found");

  /** Of an incoming webhook, which names no message. */
  static SlackAnswer ofWebhook(Answer answer) {
    return switch (answer) {
      case Answer.Failed(String why) -> new No(new Sent.NotNow(why, Optional.empty()));
      case Answer.Impossible(String why) -> new No(new Sent.Never(why));
      case Answer.Got(int status, _, _) when status >= 200 && status < 300 ->
          new Ok(Optional.empty());
      case Answer.Got(int status, Optional<Duration> after, String body) -> {
        String said = body.strip();
        boolean known = WEBHOOK_ERRORS.contains(said);
        yield known && ERRORS.get(said) == Meaning.UNREADABLE
            ? new Unreadable()
            : new No(refused(status, "status " + status + (known ? " " + said : ""), after));
      }
    };
  }

  /** Of a method of the API. */
  static SlackAnswer ofMethod(Answer answer) {
    return switch (answer) {
      case Answer.Failed(String why) -> new No(new Sent.NotNow(why, Optional.empty()));
      case Answer.Impossible(String why) -> new No(new Sent.Never(why));
      case Answer.Got(int status, Optional<Duration> after, _) when status < 200 || status >= 300 ->
          new No(refused(status, "status " + status, after));
      case Answer.Got(_, Optional<Duration> after, String body) -> judged(body, after);
    };
  }

  /** RFC 9110 section 15.5: other client errors stay errors however often they are repeated. */
  private static Sent refused(int status, String why, Optional<Duration> after) {
    boolean worthARetry = status >= 500 || status == 408 || status == 425 || status == 429;
    return worthARetry ? new Sent.NotNow(why, after) : new Sent.Never(why);
  }

  private static SlackAnswer judged(String body, Optional<Duration> after) {
    try {
      JsonObject json = new JsonObject(body);
      if (Boolean.TRUE.equals(json.getValue("ok"))) {
        return new Ok(SlackThread.of(json.getValue("channel"), json.getValue("ts")));
      }
      return refused(json.getValue("error") instanceof String error ? error : "", after);
    } catch (DecodeException e) {
      return new No(new Sent.NotNow("an answer that is not JSON", Optional.empty()));
    }
  }

  private static SlackAnswer refused(String error, Optional<Duration> after) {
    Meaning meaning = ERRORS.get(error);
    if (meaning == null) {
      // It may pass; if it does not, the notice becomes too old.
      return new No(new Sent.NotNow("an error that is not known", after));
    }
    return switch (meaning) {
      case NEVER -> new No(new Sent.Never(error));
      case NOT_NOW -> new No(new Sent.NotNow(error, after));
      case GONE -> new Gone();
      case FROZEN -> new Frozen();
      case ACCEPTED_BEFORE -> new AcceptedBefore();
      case UNREADABLE -> new Unreadable();
    };
  }
}
