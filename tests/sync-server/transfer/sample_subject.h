#pragma once

#include "shared/targets/transfer_subject.h"

namespace fieldclaim {

/// A signed claim for JSA, Housing and Council Tax Benefit that passes every preflight.
inline TransferSubject sampleSubject() {
    TransferSubject s;
    s.crn = "D7K22B0044179";
    s.benefits = {"jsa_ib", "hb", "ctb"};
    s.pack_id = "claims-2006-04";
    s.date_of_claim = "2006-05-02";
    s.first_contact = "2006-05-02";
    s.facts = {{"first_names", "Siân"},
               {"surname", "O’Brien"},
               {"dob", "1975-03-27"},
               {"has_nino", "yes"},
               {"nino", "AB123456C"},
               {"settled", "yes"},
               {"addr1", "4 Stryd Fawr"},
               {"town", "Caernarfon"},
               {"postcode", "LL55 4SU"},
               {"partner", "no"},
               {"pay_method", "account"},
               {"pay_name", "S O'Brien"},
               {"pay_sort", "089999"},
               {"pay_account", "6637495"},
               {"la_name", "Gwynedd Council"},
               {"rent_amount", "62.50"},
               {"ib_condition", "asthma"},
               {"has_capital", "yes"},
               {"capital/7f3a/cp_balance", "120.00"}};
    s.proofs = {{"nino_proof", "original", "P45", "2006-05-02", "A Jones"},
                {"bank_statement", "original", "statement of April", "2006-05-02", "A Jones"}};
    s.outstanding = {{"tenancy_agreement", "Bring the tenancy agreement", false}};
    s.seal = {std::string(64, 'a'), "paper", "self", "Siân O’Brien", "2006-05-02T10:15:00.000Z"};
    return s;
}

}  // namespace fieldclaim
