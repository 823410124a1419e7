"""Words of one field: who is a dentist has patients, who won a race ran in it.

A claim's own words are not all that shows that a sentence elaborates it. These are general
lists of what goes with an occupation, a contest, a crime and so on; a claim takes the lists
that share a word with it.
"""

from __future__ import annotations

from negaudit.rewrite.lexicon import words

__all__ = ["AMBIGUOUS", "DOCTORS", "FIELDS", "OCCUPATION", "ROLES", "WORKPLACES"]

# What every occupation has, whichever it is.
OCCUPATION = words(
    "career profession professional occupation job work workday workplace colleague coworker "
    "employer employee employed employment credential credentials degree licence license licensed "
    "licensure certification certified residency internship apprenticeship qualification "
    "specialty specialize specialise specializes specialises specializing specialising "
    "specialized specialised specialization specialisation specialist practitioner practice "
    "practise practices practises practiced practised practicing practising self-employed retire "
    "retirement hire hired shift shifts part-time full-time workload caseload appointment "
    "appointments schedule partner associate office working workdays "
    "dual juggle juggles juggled juggling balancing "
)

# Occupations: each tells of its own field, and not of who has another.
ROLES = words(
    "dentist doctor physician surgeon veterinarian vet nurse psychiatrist psychologist "
    "cardiologist neurologist oncologist pediatrician paediatrician dermatologist radiologist "
    "orthodontist optometrist anesthesiologist pharmacist chiropractor midwife paramedic therapist "
    "lawyer attorney solicitor barrister judge paralegal teacher professor lecturer tutor "
    "instructor headmaster scientist researcher physicist chemist biologist astronomer "
    "mathematician engineer chef cook baker pilot aviator astronaut musician singer composer "
    "pianist violinist guitarist drummer writer author novelist poet journalist editor reporter "
    "policeman policewoman detective officer sheriff soldier spy agent farmer rancher shepherd "
    "president minister senator mayor governor congressman congresswoman chancellor ambassador"
)

# Words of a field that mean other things as often: alone they show nothing.
AMBIGUOUS = words(
    "schedule shift shifts office partner associate degree class case cases paper papers school "
    "unit crew mission column dish dishes tour tours term bar book books record crown crowns run "
    "runs ran final finals heat heats lane lanes track match fight team train coach coached start "
    "started starts lead led leads records recorded reaction time times round season stadium date "
    "score scored goal debut profession professional professionals career employed part-time "
    "full-time bill charge charged kill killed appointment orbit band song songs album albums "
    "research company companies vote votes cleaning legal law procedure treat specialist job work "
    "hire hired drill drills filling principal faculty practice practices retire specialized "
    "medical working elite tested progression pathway development mark sport sports stride "
    "balancing "
    "metre metres meter meters achievement achievements feat success accomplishment performance "
)

WORKPLACES = words(
    "practice clinic surgery office firm chambers studio shop school hospital laboratory lab "
    "workshop garage bakery restaurant kitchen salon parish farm"
)

DOCTORS = words(
    "dentist doctor physician surgeon veterinarian vet psychiatrist psychologist cardiologist "
    "neurologist oncologist pediatrician paediatrician dermatologist radiologist orthodontist "
    "optometrist anesthesiologist pharmacist professor scientist chiropractor gynecologist "
    "ophthalmologist pathologist urologist endodontist periodontist"
)

_MEDICINE = words(
    "dentist dentistry dental doctor physician surgeon surgery surgical veterinarian vet nurse "
    "psychiatrist psychologist cardiologist neurologist oncologist pediatrician paediatrician "
    "dermatologist radiologist orthodontist optometrist anesthesiologist pharmacist chiropractor "
    "midwife paramedic therapist clinician medicine veterinary medical hygienist hygienists "
    "patient patients clinic clinics clinical clinically clinicians treat treats treated treating "
    "treatment treatments procedure procedures diagnosis diagnose diagnosed prescribe prescribed "
    "restorative tooth teeth drill drills filling fillings crown crowns "
    "cavity cavities operatory operatories molar cleaning cleanings scrubs dds "
    "dmd md dvm rn orthodontic "
)
_LAW = words(
    "lawyer attorney solicitor barrister judge prosecutor paralegal counsel client clients court "
    "courtroom courts legal law bar trial trials case cases litigation verdict plead pleaded jury"
)
_TEACHING = words(
    "teacher professor lecturer tutor instructor headmaster principal pupil pupils student "
    "students class classes classroom lesson lessons lecture lectures school curriculum faculty "
    "teach teaches taught teaching tenure"
)
_SCIENCE = words(
    "scientist researcher physicist chemist biologist astronomer mathematician engineer "
    "laboratory lab research experiment experiments publication publications paper papers thesis "
    "doctorate phd"
)
_KITCHEN = words(
    "chef cook baker restaurant kitchen menu bakery recipe recipes dish dishes diners sous-chef"
)
_FLIGHT = words(
    "pilot aviator astronaut flight flights flew fly cockpit airline aircraft crew spacecraft "
    "spacewalk orbit mission"
)
_MUSIC = words(
    "musician singer composer pianist violinist guitarist drummer concert concerts album albums "
    "tour tours song songs orchestra band recital"
)
_WRITING = words(
    "writer author novelist poet journalist editor reporter novel novels book books column "
    "newsroom publisher byline manuscript textbook preface foreword chapter chapters edition "
    "royalties bestseller sequel"
)
_POLICE = words(
    "policeman policewoman detective officer sheriff soldier spy agent badge precinct squad "
    "patrol unit investigation undercover"
)
_FARMING = words("farmer rancher shepherd farm crop crops harvest livestock cattle barn herd")
_FIELDS_OF_WORK = (
    _MEDICINE,
    _LAW,
    _TEACHING,
    _SCIENCE,
    _KITCHEN,
    _FLIGHT,
    _MUSIC,
    _WRITING,
    _POLICE,
    _FARMING,
)

_CONTEST = words(
    "win wins won winning winner victory victor victorious triumph triumphed triumphant champion "
    "championship title titleholder medal medals medalist medallist medalists medallists gold "
    "silver bronze podium beat beats beating defeat defeated defeats defeating compete competes "
    "competed competing competition competitor competitors competitive rival rivals race races "
    "raced racing racer final finals finalist semi-final semifinal heat heats lane lanes track "
    "sprint sprints sprinted sprinter sprinting run runs ran running runner dash metres meters "
    "100m 200m 400m marathon finish finishes finished finishing coach coached coaching train "
    "trains trained training athlete athletes athletic athletics athleticism qualify qualifies "
    "qualified qualifying olympic olympics olympian team comeback opponent match tournament "
    "league fight bout start started starts lead led leads record records recorded reaction time "
    "round season stadium date score scored goal debut sport sports sporting doping "
    "tested stride strides progression elite pathway development spikes mark "
    "achievement achievements feat success accomplishment performance "
    "award awards awarded prize prizes laureate"
)
_MARRIAGE = words(
    "marry marries married marriage wedding wed wife husband spouse bride groom divorce divorced "
    "honeymoon anniversary engaged engagement ceremony newlywed newlyweds"
)
_DEATH = words(
    "die dies died dead death deceased funeral burial buried grave obituary mourn mourned "
    "mourners widow posthumous posthumously autopsy killed"
)
_CRIME = words(
    "murder murdered murderer kill killed killing steal stole stolen theft rob robbed robbery "
    "fraud convict convicted conviction arrest arrested prison jail sentence sentenced guilty "
    "plead pleaded crime criminal charge charged charges indicted indictment trial bail inmate"
)
_OFFICE = words(
    "president minister senator mayor governor congressman congresswoman chancellor ambassador "
    "elect elected election elections inaugurated inauguration cabinet campaign campaigned vote "
    "votes voters term policy administration office resign resigned"
)
_BUSINESS = words(
    "founder cofounder founded ceo chairman executive director entrepreneur owner "
    "startup company companies investor investors shareholders acquire acquired acquisition "
    "merger revenue"
)
_DISCOVERY = words(
    "discover discovers discovered discovery invent invents invented invention inventor patent "
    "patented breakthrough"
)

FIELDS = (
    *((field | OCCUPATION) for field in _FIELDS_OF_WORK),
    _CONTEST,
    _MARRIAGE,
    _DEATH,
    _CRIME,
    _OFFICE | OCCUPATION,
    _BUSINESS,
    _DISCOVERY,
)
