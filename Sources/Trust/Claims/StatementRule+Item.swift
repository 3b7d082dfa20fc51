// SPDX-License-Identifier: GPL-3.0-or-later

extension StatementRule {
    /// What is said of the item.
    static let item =
        rules(
            .description, .item,
            [
                "<I> <be> ~ ( a/an | both a/an | one of the ) [ {y} ] [ {g} ] <films> "
                    + "[ from/of [ the [ year ] ] {y:from} ]",
                "<I> <be> ~ ( a/an | both a/an ) [ {y} ] {g} [ from/of [ the [ year ] ] {y:from} ]",
                "<I> <be> ~ [ a/an ] {g} [ <films> ]",
                "<I> <be> ~ a/an {g} [ <films> ] from/of [ the [ year ] ] {y}",
                "<I> <be> ~ a/an {g} [ <films> ] ( released | made | that came out ) in [ the ] {y}",
                "<I> [ <be> ] ~ ( from | released in | made in | shot in | dated ) [ the [ year ] ] {y}",
                "<I> <be> ~ a <film> ( released | made | that came out ) in [ the ] {y}",
                "<I> ( came out | appeared | premiered ) in [ the [ year ] ] {y}",
                "<I> ( dates from | comes from | hails from ) [ the [ year ] ] {y}",
                "<its> [ release ] year <be> ~ {y}",
                "the [ release ] year of <it> <be> ~ {y}",
                "the year of release <be> ~ {y}",
                "<I> <be> [ released/made ] ( before #before | after #after ) {y}",
                "<I> came out ( before #before | after #after ) {y}",
                "<I> <be> ~ a/an {g} [ <films> ] that came out in {y}",
                "+, [ a/an ] {y} [ {g} ] <films>",
                "+, [ a/an ] [ {y} ] {g} [ <films> ]",
                "+, [ released | made | from ] [ in ] {y}",
                "+from {y}",
                "+released in {y}",
            ])
        + rules(
            .itemGenres, .item,
            [
                "<I> belongs/belong to the genre/genres [ of ] {g}",
                "<I> belongs/belong to the {g} genre/genres", "<I> <be> ~ in the {g} genre/genres",
                "<I> does ~ belong to the ( genre/genres [ of ] {g} | {g} genre/genres )",
                "<I> ( counts | qualifies ) as [ a/an ] {g} [ <films> ]",
                "<I> <be> ~ of the genre/genres [ of ] {g}",
                "<its> genre/genres <be> ~ {g} #exact",
                "the genre/genres of <it> <be> ~ {g} #exact",
                "<I> <be> ~ ( classified | listed | filed | labelled | labeled | tagged | "
                    + "categorised | categorized | catalogued ) ( as | under | with ) [ a/an/the ] "
                    + "[ genres ] {g} [ <films> ]",
                "<I> has/have the genre/genres {g} #exact",
                "<I> ( mixes | combines | blends | spans | covers ) [ the genres ] {g}",
                "<I> <be> a/the/some mix/blend/mixture/combination of {g}",
                "+of the genre/genres {g}",
                "+in the genre/genres {g}",
            ])
        + rules(
            .itemOnlyGenres, .item,
            [
                "<its> only/single/sole genre/genres <be> {g}",
                "<I> <be> only/purely/just a/an {g}",
                "<I> <be> listed only as [ a/an ] {g}",
                "<I> has/have {n:genres} genre/genres", "<I> belongs to {n:genres} genres",
            ])
        + rules(
            .itemCount, .item,
            [
                "<I> <have> ~ {n} <ratings> [ from/by [ <people> ] ] [ <sofar> ]",
                "<I> [ <have> ] ~ ( received | got | gathered | collected | attracted | drawn | "
                    + "earned | been given ) {n} <ratings> [ from/by <people> ] [ <sofar> ]",
                "{n} [ <people> ] [ <have> ] ~ rated <it> [ <sofar> ]",
                "<I> ( <be> | <have> been ) ~ rated by {n} [ <people> ] [ <sofar> ]",
                "<I> ( <be> | <have> been ) ~ rated {n} times [ <sofar> ]",
                "there are {n} <ratings> of/for <it>",
                "[ the ] number of ratings of/for <it> is {n}",
                "<its> number of ratings is {n}",
                "{n} [ other ] <people> have ~ rated <it>",
                "<its> audience is/was/counts/numbers {n} [ <people> ]",
                "+( with | from | across | over ) {n} <ratings> [ from/by <people> ]",
                "+that/which {n} [ <people> ] <have> rated", "+from {n} <people>",
                "+based on {n} <ratings>",
                "+according to {n} <people>",
            ])
        + rules(
            .itemNone, .item,
            [
                "( nobody | no one | no user ) <have> [ ever ] rated <it> [ <sofar> ]",
                "<I> <have> no ratings [ <sofar> ]",
                "<I> ( <have> | <be> ) never [ been ] rated [ by anyone/anybody ]",
            ])
        + rules(
            .itemMean, .item,
            [
                "<its> <mean> [ <rating> ] <be> ~ {s}",
                "<its> <mean> [ <rating> ] ( across | from | over | among ) all <people> <be> ~ {s}",
                "the <mean> [ <rating> ] of/for <it> <be> ~ {s}",
                "[ all ] <people> [ <have> ] ( <give> | <rate> ) <it> [ an <mean> [ <rating> ] of ] "
                    + "{s} on average",
                "[ all ] <people> <give> <it> an <mean> [ <rating> ] of {s}",
                "on average [ , ] [ all ] <people> ( <give> | <rate> ) <it> {s}",
                "on average [ , ] <it> ( gets | got | receives | is rated | has been rated | scores ) {s}",
                "<I> averages/averaged {s} [ among/across/over all [ <people> ] ]",
                "<I> <be> rated {s} on average [ by [ all ] <people> ]",
                "<I> <have> an <mean> [ <rating> ] of {s} [ among/across [ all ] <people> ]",
                "<its> ratings average {s}",
                "the average/typical/mean user/viewer/rating ( <give> | <rate> ) <it> {s}",
                "+( [ , ] and they | [ , ] who ) [ <have> ] <give> it [ an <mean> [ <rating> ] of ] {s} "
                    + "on average",
                "+with an <mean> [ <rating> ] of {s}",
                "+, averaging {s}", "+averaging {s}",
                "+, {s} on average", "+, on average {s}", "+[ , ] with {S:s} on average",
                "+[ , ] with {S:s} #single",
                "+( and | who | which ) ( <give> | <rate> ) it [ an <mean> of ] {s} on average",
                "+and [ on average ] [ <give> it ] {s} on average",
                "+and average {s}",
            ])

    /// What is said of the item's place.
    static let ranking =
        rules(
            .rank, .item,
            [
                "<I> <ranks> [ as ] ( {o:rank} | rank/place/position/number/at {n:rank} ) "
                    + "[ <best> ] [ <for> ] [ <of-all> ] [ <for> ]",
                "<I> <ranks> [ in/at/on ] [ the ] {o:rank} place/rank/position/spot [ <of-all> ] [ <for> ]",
                "<I> <ranks> {n:rank} ( of | out of ) [ the ] {n:candidates} [ <candidates> | <films> ] "
                    + "[ <for> ]",
                "<I> ( takes | occupies | holds | has ) [ the ] {o:rank} ( place | rank | position | "
                    + "spot ) [ <of-all> ] [ <for> ]",
                "<I> ( takes | occupies | holds | has ) ( rank | place | position ) {n:rank} [ <of-all> ]",
                "<I> <be> ~ ( <your> | the ) {o:rank} [ <best> ] <pick> [ <for> ] [ <of-all> ]",
                "<I> <be> ~ the {o:rank} [ <best> ] of <your> recommendations",
                "<I> <be> ~ ( <your> | the ) {o:rank} best [ <pick> ] [ <for> ] [ <of-all> ]",
                "<I> <be> ~ ( at | in | on ) ( {o:rank} | rank/place/position {n:rank} ) [ <of-all> ] "
                    + "[ in/on <your> <list> ]",
                "<its> ( rank | place | position ) <be> ~ ( {o:rank} | {n:rank} ) [ <of-all> ] [ <for> ]",
                "<your> {o:rank} recommendation <be> ~ <it>",
                "( <your> | the ) {o:rank} <pick> [ <for> ] <be> ~ <it>",
                "<candor> ( ranks | ranked | places | puts | lists ) <it> ( {o:rank} | [ in ] [ at/as/on ] "
                    + "number/rank/place/position {n:rank} | in {o:rank} place ) [ <best> ] [ <of-all> ] "
                    + "[ <for> ]",
                "<I> ( comes in | ranks | stands | sits | is ) at ( number/rank/place/position {n:rank} "
                    + "| [ the ] {o:rank} place ) [ <of-all> ] [ <for> ]",
                "+at rank {n:rank}", "+, ranked {o:rank}", "+at number {n:rank}",
                "+as <your> {o:rank} recommendation", "+in {o:rank} place [ <of-all> ]",
                "+as number {n:rank}",
            ])
        + rules(
            .topOf, .item,
            [
                "<I> <be> ~ ( in | among | within | part of | one of ) ( <your> | the ) top {n:top} "
                    + "[ <pick> ] [ <for> ]",
                "<I> ~ makes/made/reaches/reach/enters/enter/make ( <your> | the ) top {n:top}",
                "<I> ( does | did ) ~ make/reach/enter ( <your> | the ) top {n:top}",
                "<I> <be> ~ ( among | one of ) ( <your> | the ) {n:top} best [ <pick> ] [ <for> ]",
                "<I> <be> ~ ( among | one of ) ( <your> | the ) {n:top} ( recommended <films> | "
                    + "recommendations | <films> [ that <be> ] recommended to <who> ) [ <for> ]",
                "<I> <ranks> ~ ( among | in | within ) ( <your> | the ) top {n:top} [ <pick> ] [ <for> ]",
                "<I> <ranks> outside ( <your> | the ) top {n:top} #not",
                "<I> <be> outside [ of ] ( <your> | the ) top {n:top} #not",
                "<I> misses/missed ( <your> | the ) top {n:top} #not",
                "<I> <be> ~ ( <your> | the ) [ very ] top/best/leading/foremost/highest [ ranked/ranking ] "
                    + "<pick> [ <for> ] #best",
                "<I> <be> ~ the best ( for <who> | of all [ <candidates> ] ) #best",
                "<I> <be> ~ at the top of <your> <list> #best",
                "<I> ( tops | heads | leads ) ( <your> | the ) <list> [ of recommendations ] #best",
                "<I> <ranks> ( best | highest | on top | at the top ) [ <for> ] [ <of-all> ] #best",
                "( <your> | the ) ( top | best ) <pick> [ <for> ] <be> ~ <it> #best",
                "( nothing | no <film> | no other <film> ) ranks higher [ <for> ] [ than <it> ] #best",
                "( nothing | no other <film> ) <ranks> above <it> [ <for> ] #best",
            ])
        + rules(
            .ranksAbove, .item,
            [
                "{n:above} <films> rank/ranks ( higher | above it | better ) [ <for> ]",
                "<I> <be> behind {n:above} [ other ] <films>",
            ])
        + rules(
            .recommended, .item,
            [
                "<I> <be> ~ recommended [ again ] [ <to> ]",
                "<I> <be> ~ being recommended [ again ] [ <to> ]",
                "<candor> [ does/do ] ~ recommends/recommend/suggests/suggest <it> [ <to> ]",
                "<I> <be> ~ ( a | one of ( the | <your> ) ) recommendation/recommendations [ <to> ]",
                "<I> <be> ~ on <your> list [ of recommendations ]",
                "<I> <be> ~ in <your> recommendations",
                "<I> <be> ~ among <your> recommendations",
                "<I> <be> ~ among the <films> recommended [ <to> ]",
                "( this | it ) <be> ~ why <it> <be> recommended [ <to> ]",
            ])
        + rules(
            .rankingScore, .item,
            [
                "<its> [ ranking ] score <be> ~ {n}",
                "<its> [ ranking ] score ( comes to | amounts to | stands at | equals ) {n}",
                "<I> scores/scored {n}",
                "<I> ( has | gets | got | receives | reaches ) a [ ranking ] score of {n}",
                "the ranking head ( gives | scores | rates ) <it> [ at ] {n}",
                "the [ ranking ] score [ of/for <it> ] <be> ~ {n}",
                "+with a [ ranking ] score of {n}", "+with a [ ranking ] score {n}",
                "+, scoring {n}", "+, with a score of {n}", "+at a score of {n}",
                "+lparen score {n} rparen",
            ])
        + rules(
            .candidates, nil,
            [
                "{n} ( <candidates> | <films> ) <be> ( considered | ranked | compared | scored )",
                "there are {n} <candidates>",
                "{n} <films> are left [ to recommend ]",
                "<U> <have> not [ yet ] rated {n} [ of the ] <films>",
                "{n} <films> <be> not rated by <who>",
                "+from/among/out-of [ the ] {n} <candidates>",
            ])
}
