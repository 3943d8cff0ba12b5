/** The patterns of `crisis.ts` in English. */
import type { Patterns } from './crisis-own.ts'

export const ENGLISH_WORDS: Record<string, string> = {
  them: 'me|us|her|my_mom|my_mum|mom|mum|mommy|mummy|my_mother|my_sister|my_brother|my_friend|my_daughter|my_son|the_kids|my_kids|my_child|my_baby|the_baby|the_children|my_neighbour|my_neighbor|grandma|my_grandma|him',
  he: 'he|hes|husband|boyfriend|bf|dad|daddy|stepdad|father|ex|partner|brother|uncle|son|man|they|theyre|she|shes|someone|guy|neighbour|neighbor|hubby|wife|stepfather|men',
  beating:
    'hitting|beating|beting|kicking|punching|choking|strangling|suffocating|raping|stabbing|attacking|slapping|hurting|killing|smashing|dragging|burning|smothering|whipping|drowning|biting|shaking|cutting|pushing',
  hit: 'hit|beat|kicked|punched|choked|strangled|raped|stabbed|attacked|slapped|pushed|threw|burned|shot|cut|grabbed|smashed|knocked',
  now: 'now|rn|right_now|at_the_moment|as_i_write|tonight|this_minute|currently|again_now',
  weapon:
    'knife|gun|pistol|rifle|shotgun|axe|ax|machete|hammer|bat|crowbar|grenade|acid|petrol|gasoline|scissors|blade|screwdriver|weapon|iron|bottle|razor|lighter|kettle|taser|belt|rope|hatchet|cleaver',
  kill: 'kill|murder|shoot|stab|strangle|burn|bury|slaughter|drown|behead|cut_my_throat|slit_my_throat|end_me|finish_me|poison',
  place:
    'closet|wardrobe|bathroom|toilet|basement|cellar|bed|balcony|attic|shed|garage|bedroom|room|car|bushes|stairwell|loo|cupboard|neighbours|neighbors|kitchen|boot|trunk|storeroom|pantry',
}

export const ENGLISH_PATTERNS: Patterns = {
  danger: `
    is|are|hes|shes|theyre|was_just|keeps|started|starts|began|husband|dad|daddy|boyfriend $beating ~ $them
    $beating ~ $them ~ $now
    just $hit ~ $them
    $he ~ has|got|holding|holds|pulled|pulls|grabbed|grabs|waving|pointing|points|pointed|took|with|swinging|came_with|coming_with|picked_up|sharpening|loading|loaded|waves|took_out|brought ~ a|an|the|his|out|my|out_a $weapon
    has|got|with|holding|pulled|pointed|pointing|grabbed|took|waving ~ a|an|the|his knife|gun|pistol|rifle|axe|machete|shotgun
    knife|gun|blade|pistol|rifle|scissors|axe ~ to_my|at_my|on_my|at_me|at_us|to_her|against_my|in_his_hand|in_her_hand|in_hand|on_the_table_and|to_mums|at_her
    poured|pours|pouring|threw|throws|splashed|spilled ~ petrol|gasoline|acid|boiling|kerosene
    breaking|kicking|smashing|banging|pounding|hammering|knocking|beating|breaks|bangs|kicks|pounds|broke|broken|bursting|break|ramming|hitting ~ down|in|on|the|through|my|at ~ door|window|doors|windows|gate
    trying|tries|wants ~ to ~ get_in|break_in|break_the|kill|strangle|choke|rape|run_me|poison|push_me|drown|burn|stab
    climbing ~ in|through|over ~ window|fence|balcony
    $he ~ outside|at|behind ~ my|the|our ~ door
    $he ~ outside|in|at ~ my|the|our ~ house|flat|stairwell|window|corridor|yard ~ now|waiting|right_now|shouting|screaming|wont_go|wont_leave|with
    locked|locks|lock|tied|chained|trapped|shut|handcuffed|locking|barricaded ~ $them ~ in|up|inside|out|to|down|here|and
    im|am|are|we_are|i_am|were|been|being ~ locked|trapped|held|tied|chained|handcuffed|kidnapped|barricaded ~ in|up|inside|here|by|to|captive|hostage|against|behind !work|lecture|traffic|job|contract
    locked|stuck|trapped ~ in|on|inside ~ basement|cellar|boot|trunk|flat|apartment|closet|shed|room ~ by|he|they|cant
    holding|keeping|keeps|holds|kept ~ $them ~ here|hostage|captive|prisoner|locked|against|basement|cellar|in_a_house|in_a_room|in_a_flat|chained
    wont|will_not|doesnt|not|dont|refuses ~ let|letting|to_let ~ me|us|her ~ leave|out|go|call|get_out ~ room|house|flat|car|now|door|phone|blocks|blocking|standing|apartment
    hiding|hide|hid|locked_myself|locked_ourselves|im|writing|sitting|crouching|barricaded|curled|lying ~ in|under|behind|inside|from ~ $place
    cant|cannot|couldnt|could_not ~ breathe|breath ~~ neck|throat|hands|choked|strangl-|ribs|he|hit|kicked
    by ~ neck|throat|hair
    hands|hand|belt|rope|cord|scarf|squeezed|squeezing|squeezes ~ on|around|round|over ~ neck|throat|mouth
    squeezed|squeezes|squeezing|grabbed|grabs ~ my|her ~ neck|throat
    pillow|blanket ~ face|head
    hell|he_will|will|gonna|going_to|wants_to|about_to|would|coming_to|want_to|try_to|tried_to|theyll|shell ~ $kill ~ me|us|my_kids|the_kids|my_mom|my_mum|my_family|my_mother|her|all_of_us|my_children !if|laughing|when_she_sees|when_he_sees
    hes|he_is|is|theyre|they_are|on_his ~ coming|way|coming_back|coming_home|on_the_way ~~ kill|beat|hurt|hit|knife|gun|drunk|finish|get_me|find_me|end
    is|someone|hes|they_are|theyre|car|man ~ following|chasing ~ me|us
    im|am|i|is|shes|mom|mum|head|wont_stop|cant_stop|badly|heavily ~ bleeding !gums|nose
    bleeding|blood ~ everywhere|head|ear|badly|wont_stop|a_lot|from_my|all_over|ears|dripping|mouth|pregnant|floor
    mom|mum|mommy|mummy|she|baby|sister|grandma|friend|he|child|brother ~ isnt|not|wont|doesnt|stopped|cant ~ breathing|breathe|waking|wake|moving|move|responding|get_up
    unconscious|passed_out|blacked_out|fainted ~~ hit|choked|strangled|punched|pushed|blood|he|fell|beat
    please|pls|plz|quick|hurry ~ send|call|come|get ~ police|help|ambulance|someone|somebody
    ^ help|help_me|save_me|sos|please_help|help_us|hlp|save_us|halp|help_me_please|help_me_pls|help_please|help_pls|pls_help|please_help_me|help_help|please_save_me|somebody_help|someone_help|someone_help_me|somebody_help_me $
    help|save ~ me|us|her ~~ he|hes|knife|gun|kill|killing|hitting|beating|door|drunk|hurting|please_hes|now|scared|dad|husband|dying
    help|hlp|sos|pls|plz ~ he|hes|my_husband|my_dad|dad|someone ~ hitting|beating|knife|killing|kill|gun|hit|hurt|beats|drunk|breaking|outside|here|choking|door|hurts|coming
    set ~ dog ~ on ~ me|us
    run|ran|running|drove|hit ~ me|us ~ over|down ~ with|car|van
    cant ~ talk|speak|call ~ he|hes|hell|hear|next_room|husband|listening
    $he have|has|got|had $weapon
    choked|strangled|suffocated|smothered ~ me|her ~ yesterday|last_night|this_morning|today|tonight|earlier|again
    all|covered ~ in ~ blood
    $he ~ smashing|smashes|wrecking|trashing|breaking|destroying ~ everything|house|room|flat|place|stuff|kitchen|things
    $he ~ forcing ~ himself|me|on_me|her
    shh|shhh|quiet|silent|ssh ~ he|hes|they ~ listens|listening|coming|hear|hears|next|outside|asleep|here
    he|they|husband|boss|man ~ hold|keep|lock|locked|tie|tied|chain ~ me|us|girls|my_hands ~ in|here|room|house|basement|not_let|hands|up|bed|radiator
    twist|twisting|twists|broke|breaking|breaks|pulling ~ my ~ arm|wrist|fingers|hair|leg ~ now|hes|he|kitchen|screaming|cant
    kneeling|sitting|standing|stands ~ on ~ my ~ chest|neck|back|throat|face
    barefoot|in_my_pajamas|in_pajamas|no_shoes ~~ he|ran|kids|outside|street|cold|hiding
    turned|turns|opened ~ gas ~ all|together|go|die
    holding|dangling|dangles ~ baby|child|kid|me|her|son|daughter ~ out|over ~ window|balcony|rail|railing
    he|hes|husband|they ~ wakes|wake|gets_back|returns|comes_back|gets_home|comes_home ~ dead|kill|beat|finish|hurt|im_dead
  `,
  suicide: `
    dont|do_not|didnt|doesnt|no_longer|never|not|dnt|dont_really|didn't ~ want|wanna|wish|deserve|feel_like ~ live|be_alive|exist|wake_up|be_here|living|life|be_on_this_earth|see_tomorrow|go_on|continue !with|in|there|near|together|here_anymore_with|at|like_this_in|early|for_work|alone
    kill|kills|hang|shoot|drown|cut|cuts|hurt|harm|harming|killing ~ himself|herself|themselves|themself
    kms|kill_myself|unalive_myself|end_my_life|take_my_life|take_my_own_life|taking_my_life|ending_my_life|cutting_myself|cut_my_wrists|slit_my_wrists|hang_myself|end_it_all|self_harm_again
    better|easier|happier|relieved|best ~ off|if|without|when|with ~ dead|without_me|i_was_dead|i_were_dead|im_dead|i_am_gone|im_gone|i_was_gone|i_died|i_die|me_gone|i_wasnt|i_disappeared
    better|rather ~ dead|die|be_dead|to_die|not_be_born|dead_than !than_eat|than_go
    no|any|what|see|lost|without|have|find ~ reason|point|purpose|sense|will|will|wish ~ to|in|of ~ live|living|life|go_on|stay|being_alive|be_alive|continue|existing|exist
    tired|sick|exhausted|done|fed_up|through ~ of|with|from ~ living|life|being_alive|existing|breathing|waking_up !together|with|alone|in|here
    took|taken|swallowed|swallow|taking|take|drank|drink|ate|overdosed|drunk ~ all|whole|too_many|lot|lots|bottle|packet|pack|handful|20|30|40|bleach|poison|everything|box|bunch|number ~ pills|tablets|meds|sleeping|medicine|paracetamol|bleach|poison|at_once|antidepressants
    pills|tablets|razor|blade|rope|noose|knife|gun|meds|bleach ~ in_my_hand|in_my_hands|ready|in_front_of_me|on_my_wrist|to_my_wrist|around_my_neck|saved|saving|collected|to_my_head|on_my_wrists|in_front|waiting|tied|bought|against_my_wrist|counted
    saving|saved|collecting|collected|hoarding|counted|counting|stockpil- ~ pills|tablets|meds|sleeping
    standing|sitting|im|stand|climbed|i_am|sits|on|stands ~ on|at|over|near|by|the ~ bridge|roof|rooftop|ledge|window_ledge|windowsill|train_tracks|tracks|edge|railing|rails|parapet|cliff ~ !view|photo|party|bar
    jump|jumping|jumped|throw|step|walk|walking|drive|lie|lay|driving ~ off|from|under|out|front|myself|into ~ bridge|roof|building|window|train|balcony|cliff|floor|traffic|car|bus|river|sea|wall|truck|tracks
    goodbye|farewell|last|final ~ note|letter|letters|message|messages|post|words ~ to|for|my|written|writing|i|everyone|kids|mum|mom
    goodbye|bye|farewell ~ everyone|all|world|forever|mom|mum|everybody|my_friends
    forgive ~ me ~ everyone|all|mum|mom|kids|for_leaving|cant|goodbye
    cut|cutting|cuts|slit|scratch|burning|slash|slashing|slice ~ myself|my_arms|my_arm|my_wrists|my_wrist|my_legs|my_thighs|my_skin|her_arms|her_wrists|herself|himself|his_arms|arms|wrists|wrist !shaving
    end|ending|finish|over ~ everything|it_all|it_tonight|my_life|it_today|my_pain|it_now|all_this
    ill|i_will|i_wont|wont|will|i ~ be_gone|not_be_here|be_here_tomorrow|be_dead|be_alive_tomorrow|see_the_morning|not_see_tomorrow|wake_up_tomorrow|be_here_anymore|be_around
    god|death|lord|allah ~ take_me|come_for_me|please_take
    sleep|asleep ~ forever|never_wake|not_wake|and_never|and_not
    bought|tied|found|made|got|have|prepared|hid ~ a|the rope|noose !swing|climbing|dog
    not ~ safe ~ with|from|alone ~ myself|me
    wont|wanna|wana|want|wan't ~ to die
    cutting|cut|cuts|burning|harming ~ again|deeper|myself
    dont|do_not ~ try ~ to ~ stop_me|save_me|find_me
    how ~ many|much ~ pills|tablets|paracetamol|sleeping|ibuprofen|insulin ~ die|fatal|kill|dead|enough|lethal
    took ~ all ~ pills|tablets|of_them|my_meds|at_once
    someone|voices|voice|they|head ~ telling|tells|tell|says|saying|repeats ~ me|to ~ jump|die|kill_myself|kys|end_it|kill
    he|she|friend|brother|sister|son|daughter|husband|dad|mum|mom|boyfriend|roommate|student|pupil|girlfriend ~~ kill_himself|kill_herself|kill_themselves|going_to_jump|on_the_roof|on_the_bridge|said_goodbye|wants_to_die|end_his_life|end_her_life|suicide_note|took_pills|cutting_herself|cutting_himself|overdosed
    relapsed|urge|urges ~ cut|self_harm|cutting|hurt_myself|die
    hurt|hurting|harm|harming|punish|starve ~ myself !gym|running|at
    painless|quickest|easiest|fastest|how_many|best_way ~ way|death|pills|tablets|to ~ die|kill|end|dead|to_die|go|suicide
  `,
  calm: `years_ago year_ago months_ago month_ago weeks_ago long_ago last_year last_month last_summer last_winter used_to as_a_child when_i_was back_then in_the_past childhood
    movie movies film films series netflix game games gaming gta minecraft elden boss_fight novel book books podcast lyrics song songs chapter episode dream dreamt dreamed nightmare character characters lol haha hahaha lmao rofl joke joking kidding meme #laugh
    lesson lecture essay presentation prevention statistics stats homework exam exams research definition workshop training_for awareness squad sprints documentary quote
    recipe recipes weeds cockroaches ants mosquitoes mice rats battery deadline deadlines laundry meeting bungee parachute skydiving swimming gym marathon chocolate dress hungry concert traffic_jam traffic feet back_is tie tooth teeth heat shoes heels headache jacket milk camera locksmith snow_so boss_is`,
  negation: 'not|never|doesnt|didnt|isnt|dont|no|wont|stopped|wasnt|hasnt|does_not|did_not|is_not|like_he|as_if|emotionally|nobody_is',
}
