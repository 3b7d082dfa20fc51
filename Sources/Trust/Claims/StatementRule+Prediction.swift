// SPDX-License-Identifier: GPL-3.0-or-later

extension StatementRule {
    /// What is said of the predicted rating.
    static let prediction =
        rules(
            .predicted, .item,
            [
                "<who> ( would | will | should | may be expected to | can be expected to | <be> "
                    + "[ likely ] expected to | <be> predicted to | <be> likely to | <be> ~ expected to ) "
                    + "[ ~ ] <probably> ( give | rate ) <it> [ a/an [ rating/score of ] ] [ at/with ] "
                    + "{s} <pm> [ rating ]",
                "<candor> ( predicts | expects | estimates | predict | expect | estimate | thinks | "
                    + "believes ) [ that ] <who> ( would | will | to ) ( give | rate ) <it> [ a/an "
                    + "[ rating of ] ] [ at ] {s} <pm>",
                "<candor> ( predicts | expects | estimates | predict | expect | estimate ) "
                    + "[ a rating of ] {s} <pm> [ from <who> ] [ for <it> ]",
                "( <your> | the | its ) ( predicted | expected | estimated | likely ) ( <rating> | "
                    + "stars ) [ of/for <it> ] [ for <who> ] <be> ~ {s} <pm>",
                "<your> rating [ of/for <it> ] ( would | will | should | is expected to | is predicted "
                    + "to ) <probably> be {s} <pm>",
                "<I> <be> ~ ( predicted | expected | estimated | likely ) [ to ( get | receive | earn | "
                    + "be rated ) | at | to be worth ] {s} <pm> [ from/by/for <who> ]",
                "<I> ( should | would | will ) <probably> ( get | receive | earn | be worth ) {s} <pm> "
                    + "( from | to | for ) <who>",
                "the ( prediction | predicted rating | estimate | expectation ) [ of/for <it> ] "
                    + "[ for <who> ] ( <be> | stands at | comes to ) ~ {s} <pm>",
                "the rating head ( predicts | gives it | gives <it> | expects ) {s} <pm>",
                "<every> would be expected to give <it> {s} <pm>",
                "<it> <have> a predicted rating of {s} <pm>",
                "+with a ( predicted | expected | estimated ) <rating> of {s} <pm>",
                "+, ( predicted | expected ) ( at | to get ) {s}",
                "+, and <probably> ( give | rate ) it {s}",
            ])
        + rules(
            .interval, nil,
            [
                "<interval-name> ( is | runs | reaches | spans | goes | ranges | extends | covers | "
                    + "stretches | lies ) ~ <range>",
                "<candor> am/are/is {p:level} ( confident | sure | certain ) [ that ] ( it | <your> "
                    + "rating ) [ would | will | should ] ( lies | lie | falls | fall | be | is ) <range>",
                "with [ a/an ] {p:level} ( probability | confidence | certainty | chance | likelihood ) "
                    + "[ , ] ( it | <your> [ actual/true ] rating | the [ actual/true ] rating ) "
                    + "[ will | would | should ] ( lies | lie | falls | fall | be | is ) <range>",
                "( <your> | the ) [ actual/true ] rating [ would | will | should ] [ be ] "
                    + "( lies | lie | falls | fall | be ) <range> ( with {p:level} ( probability | "
                    + "confidence | certainty ) | in {p:level} of [ the ] cases )",
                "( four #four | eight #eight ) ( out of | in | of | of every | out of every ) "
                    + "( five #five | ten #ten ) [ such ] ( ratings | cases ) ( lie | fall | are | "
                    + "are expected | are expected to lie | should lie | would lie ) <range>",
                "{p:level} of [ such/all/the ] ratings ( lie | fall | are | are expected | would lie | "
                    + "should lie ) <range>",
                "there is a/an {p:level} ( probability | chance ) that ( it | <your> rating | "
                    + "the rating ) ( lies | falls | is | will be | would be ) <range>",
                "+lparen {p:level} [ confidence/prediction ] interval [ : ] <range> rparen",
                "+, with a/an {p:level} [ confidence/prediction ] interval ( of | from ) <range>",
                "+with a/an {p:level} [ confidence/prediction ] interval ( of | from ) <range>",
                "+, <range> with {p:level} ( confidence | probability | certainty )",
            ])
        + rules(
            .deviation, nil,
            [
                "<its> [ standard ] deviation <be> ~ {n}",
                "the standard deviation [ of ( the/this prediction | the predicted rating | "
                    + "<your> rating | a rating ) ] <be> ~ {n} [ stars ]",
                "the deviation <be> ~ {n} [ stars ]",
                "the prediction <have> a standard deviation of {n} [ stars ]",
                "+with a standard deviation of {n} [ stars ]",
            ])
        + rules(
            .compare, nil,
            [
                "<quantity> <be> ~ [ {s:by} ] <relation> <quantity2>",
                "<who> would [ probably ] <rate> it <relation> <quantity2> #q:predicted",
                "<who> would [ probably ] rate it <relation> <quantity2> #q:predicted",
                "<who> would [ probably ] <give> it <relation> <quantity2> #q:predicted",
                "<who> would [ probably ] rate it <relation> ( other users | others | people | "
                    + "everyone else ) do [ on average ] #q:predicted #q2:itemMean",
                "<quantity> ( exceeds #above | beats #above | is under #below ) <quantity2>",
            ])
        + rules(
            .compareOn, nil,
            ["+[ , ] [ which is | that is ] <relation> <quantity2>"])
}
