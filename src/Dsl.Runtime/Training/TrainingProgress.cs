using System;

namespace Dsl;

/// <summary>How far a <c>Fit</c> is.</summary>
/// <param name="Epoch">The epoch, counted from 1.</param>
/// <param name="Epochs">How many epochs there will be, unless training stops early.</param>
/// <param name="Step">How many steps of this epoch are done.</param>
/// <param name="Steps">How many steps an epoch has.</param>
/// <param name="Loss">The mean loss of the epoch so far.</param>
/// <param name="Accuracy">The share of the epoch's samples so far that were classified right, each before its step's update; null where nothing is classified.</param>
/// <param name="SamplesPerSecond">The mean speed of this epoch's steps.</param>
/// <param name="TimeLeft">An estimate of the time to the last epoch's end, from the steps and validations so far.</param>
/// <param name="Record">The epoch's figures in the report of its end; else null.</param>
public readonly record struct TrainingProgress(
    int Epoch,
    int Epochs,
    int Step,
    int Steps,
    double Loss,
    double? Accuracy,
    double SamplesPerSecond,
    TimeSpan TimeLeft,
    EpochRecord? Record);
