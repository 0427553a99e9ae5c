//! The same for a response beside the conversation: it has a slot of its own.

use super::{State, TRIGGERS, Trigger, step};
use crate::state::chart::{assert_chart, chart};

const BESIDE: &str = "
Open
    CreatedUnnamed       Open         response_started
    OtherCreated         Open         response_started
    Text                 Open         text_delta
    Audio                Audible      audio_delta
    Cancel               Cancelling   > cancel resp
    Interrupt            Open         settled Superseded
    Completed            Ended        ended Completed(EndTurn)
    Cancelled            Ended        ended Cancelled(Client)
    CancelledBySpeech    Ended        ended Cancelled(UserSpeech)
    CompletedUnnamed     Open         response_started, ended Completed(EndTurn)
    OtherCompleted       Open         response_started, ended Completed(EndTurn)
    Crowded              Uncounted    response_started, limit_reached, ended Lost
    Close                Ended        ended Lost, closed
    nothing: Created, CreatedBeside, Speech
Audible
    CreatedUnnamed       Audible      response_started
    OtherCreated         Audible      response_started
    Text                 Audible      text_delta
    Audio                Audible      audio_delta
    Cancel               Silencing    > cancel resp
    Interrupt            Interrupted  interrupted, heard None, flush 1, settled Accepted, > cancel resp
    Speech               Interrupted  interrupted, heard None, flush 1, > cancel resp
    Completed            Ended        ended Completed(EndTurn)
    Cancelled            Ended        ended Cancelled(Client)
    CancelledBySpeech    Ended        interrupted, heard None, flush 1, ended Cancelled(UserSpeech)
    CompletedUnnamed     Audible      response_started, ended Completed(EndTurn)
    OtherCompleted       Audible      response_started, ended Completed(EndTurn)
    Crowded              Uncounted    response_started, limit_reached, ended Lost
    Close                Ended        ended Lost, closed
    nothing: Created, CreatedBeside
Cancelling
    CreatedUnnamed       Cancelling   response_started
    OtherCreated         Cancelling   response_started
    Text                 Cancelling   text_delta
    Audio                Silencing
    Cancel               Cancelling   settled Superseded
    Interrupt            Cancelling   settled Superseded
    Completed            Ended        ended Completed(EndTurn)
    Cancelled            Ended        ended Cancelled(Client)
    CancelledBySpeech    Ended        ended Cancelled(UserSpeech)
    CompletedUnnamed     Cancelling   response_started, ended Completed(EndTurn)
    OtherCompleted       Cancelling   response_started, ended Completed(EndTurn)
    Crowded              Uncounted    response_started, limit_reached, ended Lost
    Close                Ended        ended Lost, closed
    nothing: Created, CreatedBeside, Speech
Silencing
    CreatedUnnamed       Silencing    response_started
    OtherCreated         Silencing    response_started
    Text                 Silencing    text_delta
    Cancel               Silencing    settled Superseded
    Interrupt            Interrupted  interrupted, heard None, flush 1, settled Accepted
    Speech               Interrupted  interrupted, heard None, flush 1
    Completed            Ended        ended Completed(EndTurn)
    Cancelled            Ended        ended Cancelled(Client)
    CancelledBySpeech    Ended        interrupted, heard None, flush 1, ended Cancelled(UserSpeech)
    CompletedUnnamed     Silencing    response_started, ended Completed(EndTurn)
    OtherCompleted       Silencing    response_started, ended Completed(EndTurn)
    Crowded              Uncounted    response_started, limit_reached, ended Lost
    Close                Ended        ended Lost, closed
    nothing: Created, CreatedBeside, Audio
Interrupted
    CreatedUnnamed       Interrupted  response_started
    OtherCreated         Interrupted  response_started
    Text                 Interrupted  text_delta
    Cancel               Interrupted  settled Superseded
    Interrupt            Interrupted  settled Superseded
    Completed            Ended        ended Completed(EndTurn)
    Cancelled            Ended        ended Cancelled(Client)
    CancelledBySpeech    Ended        ended Cancelled(UserSpeech)
    CompletedUnnamed     Interrupted  response_started, ended Completed(EndTurn)
    OtherCompleted       Interrupted  response_started, ended Completed(EndTurn)
    Crowded              Uncounted    response_started, limit_reached, ended Lost
    Close                Ended        ended Lost, closed
    nothing: Created, CreatedBeside, Audio, Speech
Ended
    CreatedUnnamed       Ended        response_started
    OtherCreated         Ended        response_started
    Cancel               Ended        settled Superseded
    Interrupt            Ended        settled Superseded
    CompletedUnnamed     Ended        response_started, ended Completed(EndTurn)
    OtherCompleted       Ended        response_started, ended Completed(EndTurn)
    Crowded              Ended        response_started
    Close                Ended        closed
    nothing: Created, CreatedBeside, Text, Audio, Speech, Completed, Cancelled, CancelledBySpeech
";

#[test]
fn a_response_beside_the_conversation_goes_as_charted() {
    let states = [
        State::Open,
        State::Audible,
        State::Cancelling,
        State::Silencing,
        State::Interrupted,
        State::Ended,
    ];
    let step = |state, trigger| step(Trigger::CreatedBeside, state, trigger);
    assert_chart(&chart(&states, &TRIGGERS, step), BESIDE);
}
