use super::{Slot, Trigger};
use alloc::{format, string::String, vec::Vec};
use core::fmt::Write as _;

const SLOTS: [Slot; 6] = [
    Slot::Idle,
    Slot::CreateSent,
    Slot::ServerOwes,
    Slot::Taken,
    Slot::Active,
    Slot::CancelSent,
];

const TRIGGERS: [Trigger; 9] = [
    Trigger::Create,
    Trigger::Owed,
    Trigger::Created,
    Trigger::Cancel,
    Trigger::Done,
    Trigger::Refused,
    Trigger::Race,
    Trigger::Speech,
    Trigger::Deadline,
];

/// Each row is a trigger, each column the slot that it meets; `.` leaves that as it is.
const MATRIX: &str = "
            Idle        CreateSent  ServerOwes  Taken       Active      CancelSent
Create      CreateSent  .           CreateSent  .           CreateSent  CreateSent
Owed        ServerOwes  .           .           .           .           .
Created     Active      Active      Active      Active      .           Active
Cancel      .           .           .           .           CancelSent  .
Done        .           Idle        Idle        Idle        Idle        Idle
Refused     .           Idle        .           .           .           .
Race        Taken       Taken       Taken       .           .           .
Speech      .           .           Idle        .           .           .
Deadline    .           Idle        Idle        Idle        Idle        Idle
";

#[test]
fn the_slot_moves_as_the_matrix_says() {
    let mut matrix = String::from("\n");
    let slots: Vec<_> = SLOTS.iter().map(|slot| format!("{slot:?}")).collect();
    row(&mut matrix, "", &slots);
    for trigger in TRIGGERS {
        let after = SLOTS.map(|slot| match slot.on(trigger) {
            after if after == slot => String::from("."),
            after => format!("{after:?}"),
        });
        row(&mut matrix, &format!("{trigger:?}"), &after);
    }
    assert!(matrix == MATRIX, "{matrix}");
}

#[test]
fn no_slot_sticks() {
    for slot in SLOTS {
        assert_eq!(slot.on(Trigger::Done), Slot::Idle, "{slot:?}");
        assert_eq!(slot.on(Trigger::Deadline), Slot::Idle, "{slot:?}");
    }
}

fn row(matrix: &mut String, head: &str, cells: &[String]) {
    let mut line = format!("{head:<12}");
    for cell in cells {
        write!(line, "{cell:<12}").unwrap();
    }
    writeln!(matrix, "{}", line.trim_end()).unwrap();
}
