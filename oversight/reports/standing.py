"""What every report says in the same words: how it counted, what that can't show, and what words mean."""

from oversight.rules.words import N_

METHODS = (
    (
        N_("What a number counts"),
        (
            N_(
                "Each table says what it counts: complaints, allegations or people. One complaint may"
                " hold several allegations, and each allegation has its own finding, so a table of "
                "allegations adds up to more than a table of complaints."
            ),
            N_(
                "A complaint belongs to the period in which it was received, unless the table says "
                "otherwise. Tables about how long things took go by the day on which a file was "
                "closed. Days are calendar days, in the time zone of the office."
            ),
        ),
    ),
    (
        N_("Small numbers"),
        (
            N_(
                "A number from 1 to %(most)s could point to a person, and is hidden. Then other "
                "numbers have to be hidden too, so that no total gives the small one away. Before "
                "this edition was issued, a program tried to work the hidden numbers out of all "
                "tables and of all earlier editions together; none could be told more closely than "
                "within %(floor)s."
            ),
        ),
    ),
    (
        N_("Lengths of time"),
        (
            N_(
                "The median is the length that half of the files stayed within; the 90th percentile is "
                "the one that nine in ten stayed within. There are no averages, since a few very long "
                "files would pull them up."
            ),
        ),
    ),
    (
        N_("This edition is fixed"),
        (
            N_(
                "The figures of an edition are frozen on the day it is issued and never changed in "
                "place. If something has to be put right, a new edition appears that says what "
                "changed and why."
            ),
        ),
    ),
)
"""Titles with their paragraphs. `most`: the largest number that is hidden for being small; `floor`: the width
within which no hidden number can be told."""

LIMITS = (
    N_(
        "They count complaints, not conduct. Many people who have reason to complain never "
        "do; others don’t know that they can. More complaints may mean more trust in the "
        "office as well as more cause."
    ),
    N_(
        "A complaint that is not sustained may still be true. The finding says what the "
        "evidence showed to the standard of proof, and sometimes there was too little."
    ),
    N_(
        "Findings of one period are not the findings on that period’s complaints: "
        "investigations take months, and the latest files are open longest."
    ),
    N_(
        "Race is not known for everybody, and not always in the same way: each table by race says "
        "how. Where it is missing for many, a difference between groups may be a difference in whose"
        " race is known."
    ),
    N_(
        "Comparing groups with the population shows whether shares differ, not why. Who lives"
        " in a city and who meets its police are not the same people."
    ),
    N_(
        "Offices count differently. Figures of two places should not be set side by side "
        "without reading both definitions."
    ),
)

GLOSSARY = (
    (
        N_("90th percentile"),
        N_(
            "The length of time that nine files in ten did not exceed. It is one that occurred (the nearest"
            " rank), never one between two."
        ),
    ),
    (N_("Allegation"), N_("One thing that an officer is said to have done. A complaint has one or more.")),
    (N_("Benchmark"), N_("What a share is compared with, such as a group’s share of the population.")),
    (N_("Closed"), N_("Nothing more is to be done on the file, however it ended.")),
    (N_("Complaint"), N_("What one or several people told the office about the police, kept as one file.")),
    (N_("Disparity"), N_("How many times as often something happens to one group as to another.")),
    (
        N_("Disproportionality"),
        N_("A group’s share of what is counted, divided by its share of the population."),
    ),
    (N_("Finding"), N_("What was decided about one allegation.")),
    (
        N_("Interval"),
        N_(
            "The range within which a rate would lie 19 times out of 20 if chance alone moved it."
            " The fewer the cases, the wider it is."
        ),
    ),
    (
        N_("Median"),
        N_(
            "The middle: half of the files took longer, half were done sooner. Where two stand in the"
            " middle, it is their mean."
        ),
    ),
    (
        N_("Not sustained"),
        N_("The evidence did not show, to the standard of proof, that it happened as alleged."),
    ),
    (N_("Open docket"), N_("All files that had not ended on the last day of the period.")),
    (N_("Panel"), N_("Community reviewers who read a file independently and give their findings.")),
    (N_("Period"), N_("A year, half-year or quarter, in the time zone of the office.")),
    (
        N_("Standard of proof"),
        N_("How sure one has to be of something before it counts as shown."),
    ),
    (
        N_("Sustained"),
        N_("The evidence showed, to the standard of proof, that it happened and that it was wrong."),
    ),
    (N_("Target"), N_("The length of time that the rules give for a step.")),
)
"""Words with what they mean."""
