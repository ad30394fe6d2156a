using Dsl;

namespace Penguins;

/// <summary>A penguin of the Palmer archipelago as a biologist measured it.</summary>
/// <param name="Sex">Where it was found out.</param>
/// <param name="Island">Where it lives.</param>
/// <param name="BillLength">Millimetres.</param>
/// <param name="BillDepth">Millimetres.</param>
/// <param name="BodyMass">Grams.</param>
/// <param name="Species">What is to be predicted.</param>
/// <param name="Tag">Whose ring it is: for nobody else to see. The published file has none.</param>
public sealed record Penguin(
    string? Sex,
    string Island,
    [Column("bill_length_mm")] double? BillLength,
    [Column("bill_depth_mm")] double? BillDepth,
    [Column("body_mass_g")] double? BodyMass,
    string Species,
    [Sensitive] string Tag);
