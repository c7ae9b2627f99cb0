package parallax.probe.registration.status;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

final class StateWordsTest {
  private final StateWords words = StateWords.shipped();

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "clientHold                                   | CLIENT_HOLD",
        "server hold                                  | SERVER_HOLD",
        "CLIENT TRANSFER PROHIBITED                   | CLIENT_TRANSFER_PROHIBITED",
        "server_delete_prohibited                     | SERVER_DELETE_PROHIBITED",
        "ST_CL_UPDATEPROHIBITED                       | CLIENT_UPDATE_PROHIBITED",
        "ok https://icann.org/epp#ok                  | OK",
        "redemptionPeriod (https://icann.org/epp#x)   | REDEMPTION_PERIOD",
        "ok (paid and in zone)                        | OK",
        "clientHold - the registrar has acted         | CLIENT_HOLD",
        "active                                       | OK",
        "Connected                                    | OK",
        "To be suspended                              | TO_BE_SUSPENDED",
        "Suspended                                    | SUSPENDED",
        "Deleted                                      | DELETED",
        "failed                                       | FAILED",
        "NOT DELEGATED                                | NOT_DELEGATED",
        "QUARANTINE                                   | QUARANTINE",
        "auto renew period                            | AUTO_RENEW_PERIOD",
        "Registered until expiry date.                | REGISTERED",
        "something quite new                          | UNKNOWN",
        "''                                           | UNKNOWN",
      })
  void wordsStandForStates(String word, DomainState state) {
    assertThat(words.stateOf(word)).isEqualTo(state);
  }

  @ParameterizedTest
  @EnumSource(DomainState.class)
  void everyStateOfEppIsFoundByItsName(DomainState state) {
    state.eppName().ifPresent(name -> assertThat(words.stateOf(name)).isEqualTo(state));
  }

  @Test
  void holdsTakeANameOutOfTheZoneAndTellWhoActed() {
    assertThat(DomainState.SERVER_HOLD.resolving()).isEqualTo(Resolving.NO);
    assertThat(DomainState.SERVER_HOLD.actor()).isEqualTo(Actor.REGISTRY);
    assertThat(DomainState.CLIENT_HOLD.actor()).isEqualTo(Actor.REGISTRAR);
    assertThat(DomainState.CLIENT_HOLD.severity()).isEqualTo(Severity.CRITICAL);
  }

  @Test
  void anUnknownStateIsNotFine() {
    assertThat(DomainState.UNKNOWN.severity()).isEqualTo(Severity.WARNING);
  }
}
